# Goal: nothing lies about: every source is built, every folder says what it is, nothing is left unfinished.
# Method: the tracked files against the build's own list of what it compiles.
import json
import re

from tests.tidy import source_tree
from tools.gate.places import BUILD, ROOT

# Written so that this file does not find itself.
_UNFINISHED = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK", "not " + "implemented",
                       "for " + "now", "st" + "ub", "dum" + "my", "lorem " + "ipsum"]) + r")\b",
    re.IGNORECASE,
)  # fmt: skip
_TEXT = (".cc", ".h", ".py", ".ts", ".tsx", ".css", ".html", ".proto", ".cmake", ".txt", ".md", ".sql", ".toml", ".yml",
         ".yaml", ".json", ".sh")  # fmt: skip
# gRPC calls its client classes so.
_GRPC_CLIENT = "st" + "ub"


def built_sources() -> set[str]:
    """Every source that the build compiles; a unity file stands for those it includes."""
    built = set()
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        file = entry["file"]
        if "/Unity/" in file:
            text = open(file, encoding="utf-8").read()
            built |= set(re.findall(r'#include "([^"]+)"', text))
        else:
            built.add(file)
    return {path.removeprefix(f"{ROOT}/") for path in built}


def test_every_source_is_in_a_target():
    lost = sorted(set(source_tree.with_suffix(".cc")) - built_sources())
    assert not lost, "\n" + "\n".join(f"{path}: no target compiles it" for path in lost)


def test_every_service_and_library_says_what_it_is():
    silent = [
        f"{parent}/{name}"
        for parent in ("services", "libs")
        for name in source_tree.folders_under(parent)
        if f"{parent}/{name}/README.md" not in source_tree.tracked()
    ]
    assert not silent, "\n" + "\n".join(f"{folder}: has no README.md" for folder in silent)


def test_nothing_is_marked_as_unfinished():
    found = []
    for path in source_tree.with_suffix(*_TEXT):
        if path.endswith("package-lock.json"):
            continue
        for number, line in enumerate(source_tree.text(path).splitlines(), 1):
            match = _UNFINISHED.search(line)
            if match and not (path.startswith("libs/rpc/") and match[0].lower() == _GRPC_CLIENT):
                found.append(f"{path}:{number}: “{match[0]}”: finish it, remove it, or name honestly what is absent")
    assert not found, "\n" + "\n".join(found)


def test_every_python_test_is_run_by_ctest():
    listed = "".join(source_tree.text(path) for path in source_tree.tracked() if path.endswith("CMakeLists.txt"))
    lost = [path for path in source_tree.with_suffix("_test.py") if path.rsplit("/", 1)[1] not in listed]
    assert not lost, "\n" + "\n".join(f"{path}: no bg_pytest names it" for path in lost)


def test_debian_packages_are_installed_from_the_one_list_only():
    others = [
        path
        for path in source_tree.tracked()
        if path != "setup" and not path.endswith((".md", ".txt", "_test.py")) and is_text(path)
        and re.search(r"apt(-get)?\s[^\n]*\binstall\b", source_tree.text(path))
        and "packages.txt" not in source_tree.text(path) and "./setup" not in source_tree.text(path)
    ]  # fmt: skip
    assert not others, f"{others}: name packages in tools/gate/packages.txt and install through ./setup"


def is_text(path: str) -> bool:
    return b"\0" not in (ROOT / path).read_bytes()
