"""Builds the console's pages with Node 22, which npm fetches; skipped while its sources are as they were."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from tools.gate import tools
from tools.gate.places import ROOT

NODE_FOLDER = ROOT / "tools" / "node"
CONSOLE = ROOT / "services" / "console"
_STAMP = ROOT / "build" / "console.stamp"
_NOT_SOURCE = {"node_modules", "dist", ".vite", "coverage"}
_NETWORK_REMEDY = "check the network and npm's registry, then repeat"


def is_present() -> bool:
    """True when the house has a console."""
    return (CONSOLE / "package.json").exists()


def build(progress: Callable[[str], None] = lambda text: None) -> bool:
    """Builds services/console/dist. False when there was nothing to do."""
    fingerprint = tree_hash([CONSOLE])
    if _STAMP.exists() and _STAMP.read_text("utf-8") == fingerprint and (CONSOLE / "dist" / "index.html").exists():
        return False
    install(progress)
    progress("vite")
    tools.run(["npm", "run", "build"], f"read what it prints: cd {CONSOLE} && npm run build",
              folder=CONSOLE, environment=node_environment(), timeout_s=600)  # fmt: skip
    _STAMP.parent.mkdir(exist_ok=True)
    _STAMP.write_text(fingerprint, "utf-8")
    return True


def install(progress: Callable[[str], None] = lambda text: None) -> None:
    """Fetches Node, npm and the console's packages, each as its lock file says."""
    for folder, title in ((NODE_FOLDER, "Node 22"), (CONSOLE, "npm ci")):
        stamp = folder / "node_modules" / ".bordergate-lock"
        lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text("utf-8") == lock:
            continue
        progress(title)
        # Node comes as a plain file of its package; no package's own script may run there.
        options = ["--ignore-scripts"] if folder == NODE_FOLDER else []
        environment = {} if folder == NODE_FOLDER else node_environment()
        tools.run(["npm", "ci", "--no-audit", "--no-fund", *options], _NETWORK_REMEDY,
                  folder=folder, environment=environment, timeout_s=900)  # fmt: skip
        stamp.write_text(lock, "utf-8")


def node_environment() -> dict[str, str]:
    """The environment in which node and npm are the fetched ones."""
    return {"PATH": f"{NODE_FOLDER / 'node_modules' / '.bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}"}


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
