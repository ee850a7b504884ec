"""clang-tidy over the sources, newest change first, each file once for as long as it stays as it is."""

import concurrent.futures
import functools
import hashlib
import json
import subprocess
import time
from pathlib import Path

from tests.tidy import source_tree
from tools.gate.places import BUILD, ROOT

_CACHE = BUILD / "clang-tidy"
_PROCESSES = 2


def check(limit_s: float | None) -> tuple[list[str], int, int]:
    """Faults, and how many files were found in order, of how many.

    limit_s   no file is begun after this; None takes them all
    """
    _CACHE.mkdir(exist_ok=True)
    deadline = None if limit_s is None else time.monotonic() + limit_s
    commands = _commands()
    files = [path for path in _newest_first() if path in commands]

    def one(path: str) -> tuple[str, bool]:
        stamp = _CACHE / _fingerprint(path, commands[path])
        if stamp.exists():
            return "", True
        if deadline is not None and time.monotonic() > deadline:
            return "", False
        done = subprocess.run(["clang-tidy-19", "-p", str(BUILD), "--quiet", path], cwd=ROOT, capture_output=True,
                              text=True, check=False)  # fmt: skip
        if done.returncode != 0:
            return done.stdout or done.stderr, True
        stamp.touch()
        return "", True

    with concurrent.futures.ThreadPoolExecutor(_PROCESSES) as pool:
        results = list(pool.map(one, files))
    return [fault for fault, _ in results if fault], sum(seen for _, seen in results), len(files)


def _commands() -> dict[str, str]:
    """How each source is compiled. Tests are compiled as one file a program, so they have no command of their own."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    return {
        entry["file"].removeprefix(f"{ROOT}/"): entry["command"]
        for entry in entries
        if entry["file"].startswith(f"{ROOT}/") and not entry["file"].startswith(f"{BUILD}/")
    }


def _newest_first() -> list[str]:
    """Sources by their last change, newest first: what somebody is working on is checked even when time is short."""
    history = subprocess.run(["git", "log", "-n", "400", "--name-only", "--format="], cwd=ROOT, capture_output=True,
                             text=True, check=True).stdout  # fmt: skip
    order = {path: rank for rank, path in reversed(list(enumerate(history.split())))}
    return sorted(source_tree.with_suffix(".cc"), key=lambda path: (order.get(path, -1 if not order else 10**6), path))


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
