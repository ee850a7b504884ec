"""Node 22, npm and buf: fetched by whatever npm the machine has into tools/node, so that every machine builds alike."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from tools.gate import tools
from tools.gate.places import ROOT

FOLDER = ROOT / "tools" / "node"
BUF = FOLDER / "node_modules" / "@bufbuild" / "buf-linux-x64" / "bin" / "buf"


def install(folder: Path, progress: Callable[[str], None] = lambda text: None) -> None:
    """Fetches the packages of a folder as its lock file says; nothing when they are there."""
    stamp = folder / "node_modules" / ".bordergate-lock"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == lock:
        return
    progress(f"npm ci: {folder.name}")
    # What is fetched here are programs as plain files; no package's own script may run.
    options = ["--ignore-scripts"] if folder == FOLDER else []
    tools.run(
        ["npm", "ci", "--no-audit", "--no-fund", *options],
        "check the network and npm's registry, then repeat",
        folder=folder,
        environment={} if folder == FOLDER else environment(),
        timeout_s=900,
    )
    stamp.write_text(lock, "utf-8")


def environment() -> dict[str, str]:
    """The environment in which node and npm are the fetched ones."""
    return {"PATH": f"{FOLDER / 'node_modules' / '.bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}"}
