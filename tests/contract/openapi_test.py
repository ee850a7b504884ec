# Goal: the OpenAPI document is one that other people's tools accept.
# Method: redocly's linter over what the gateway prints.
import os
import subprocess

from tools.gate import node
from tools.gate.places import BUILD, ROOT

REDOCLY = ROOT / "services" / "gateway" / "reference" / "node_modules" / ".bin" / "redocly"
# The repository says nothing of a licence yet.
SKIPPED = "info-license"


def lint(document: str, folder) -> subprocess.CompletedProcess[str]:
    file = folder / "openapi.json"
    file.write_text(document, "utf-8")
    return subprocess.run(
        [REDOCLY, "lint", "--format", "summary", "--max-problems", "50", "--skip-rule", SKIPPED, file.name],
        cwd=folder,
        env={**os.environ, **node.environment(), "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def printed() -> str:
    return subprocess.run([BUILD / "bin" / "gateway", "openapi"], capture_output=True, text=True, check=True).stdout


def test_the_document_has_neither_errors_nor_warnings(tmp_path):
    done = lint(printed(), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout, done.stdout


def test_a_broken_document_would_be_found(tmp_path):
    broken = printed().replace("#/components/responses/Problem", "#/components/responses/Missing", 1)
    assert lint(broken, tmp_path).returncode != 0
