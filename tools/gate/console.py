"""Builds the console's pages; skipped while its sources are as they were."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from tools.gate import node, tools
from tools.gate.places import ROOT

CONSOLE = ROOT / "services" / "console"
PAGES = CONSOLE / "dist"
_STAMP = ROOT / "build" / "console.stamp"
_NOT_SOURCE = {"node_modules", "dist", ".vite", "coverage"}


def is_present() -> bool:
    """True when the house has a console."""
    return (CONSOLE / "package.json").exists()


def build(progress: Callable[[str], None] = lambda text: None) -> bool:
    """Builds services/console/dist with the fetched Node (node.install_tools). False when there was nothing to do."""
    fingerprint = tree_hash([CONSOLE])
    if _STAMP.exists() and _STAMP.read_text("utf-8") == fingerprint and (PAGES / "index.html").exists():
        return False
    node.install(CONSOLE, progress)
    progress("vite")
    tools.run(["npm", "run", "build"], f"read what it prints: cd {CONSOLE} && npm run build",
              folder=CONSOLE, environment=node.environment(), timeout_s=600)  # fmt: skip
    _STAMP.parent.mkdir(exist_ok=True)
    _STAMP.write_text(fingerprint, "utf-8")
    return True


def tree_hash(folders: list[Path]) -> str:
    """A fingerprint of names and contents of all source files below the folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path, directories, files in os.walk(folder):
            directories[:] = sorted(set(directories) - _NOT_SOURCE)
            for name in sorted(files):
                file = Path(path) / name
                digest.update(f"{file.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
