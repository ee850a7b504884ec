"""clang-tidy over the sources, each file once for as long as it stays as it is."""

import concurrent.futures
import functools
import hashlib
import json
import subprocess
from pathlib import Path

from tests.tidy import source_tree
from tools.gate.places import BUILD, ROOT

_CACHE = BUILD / "clang-tidy"
_PROCESSES = 2


def faults() -> list[str]:
    """What it finds in every source."""
    _CACHE.mkdir(exist_ok=True)
    commands = _commands()

    def one(path: str) -> str:
        stamp = _CACHE / _fingerprint(path, commands[path])
        if stamp.exists():
            return ""
        done = subprocess.run(["clang-tidy-19", "-p", str(BUILD), "--quiet", path], cwd=ROOT, capture_output=True,
                              text=True, check=False)  # fmt: skip
        if done.returncode != 0:
            return done.stdout or done.stderr
        stamp.touch()
        return ""

    with concurrent.futures.ThreadPoolExecutor(_PROCESSES) as pool:
        return [found for found in pool.map(one, sorted(commands)) if found]


def _commands() -> dict[str, str]:
    """How each source is compiled. Tests are compiled as one file a program, so they have no command of their own."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    return {
        entry["file"].removeprefix(f"{ROOT}/"): entry["command"]
        for entry in entries
        if entry["file"].startswith(f"{ROOT}/") and not entry["file"].startswith(f"{BUILD}/")
    }


def _fingerprint(path: str, command: str) -> str:
    digest = hashlib.sha256(command.encode())
    digest.update((ROOT / ".clang-tidy").read_bytes())
    for file in sorted(_with_headers(path)):
        digest.update(source_tree.text(file).encode())
    return digest.hexdigest()


@functools.cache
def _with_headers(path: str) -> frozenset[str]:
    """A file and every header of ours that it includes, however far."""
    found = {path}
    for name, in_brackets in source_tree.includes(path):
        if not in_brackets and Path(ROOT / name).is_file() and name not in found:
            found |= _with_headers(name)
    return frozenset(found)
