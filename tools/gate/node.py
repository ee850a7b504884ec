"""Node 22, npm and buf: fetched by whatever npm the machine has into tools/node, so that every machine builds alike."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from tools.gate import tools
from tools.gate.places import ROOT

# npm 10, not 11: a lock file made where a registry lacks the packages of other systems does not satisfy npm 11.
FOLDER = ROOT / "tools" / "node"
BUF = FOLDER / "node_modules" / "@bufbuild" / "buf-linux-x64" / "bin" / "buf"
_GATEWAY_PAGES = ROOT / "services" / "gateway" / "reference"
REFERENCE = _GATEWAY_PAGES / "node_modules" / "swagger-ui-dist"  # what the gateway's page /docs is made of


def has_reference() -> bool:
    """True when the house has a page /docs."""
    return (_GATEWAY_PAGES / "package.json").exists()


def install_tools(progress: Callable[[str], None] = lambda text: None) -> None:
    """Node, npm, buf, and the files of the gateway's page /docs."""
    install(FOLDER, progress)
    if has_reference():
        install(_GATEWAY_PAGES, progress)


def install(folder: Path, progress: Callable[[str], None] = lambda text: None) -> None:
    """Fetches the packages of a folder as its lock file says; nothing when they are there."""
    stamp = folder / "node_modules" / ".bordergate-lock"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == lock:
        return
    progress(f"npm ci: {folder.name}")
    tools.run(
        # No package's own script runs on this machine; none of ours needs one.
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        "check the network and npm's registry, then repeat",
        folder=folder,
        environment={} if folder == FOLDER else environment(),
        timeout_s=900,
    )
    stamp.write_text(lock, "utf-8")


def environment() -> dict[str, str]:
    """The environment in which node and npm are the fetched ones."""
    return {"PATH": f"{FOLDER / 'node_modules' / '.bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}"}
