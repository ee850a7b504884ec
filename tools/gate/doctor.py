"""Looks at the machine before anything is started: what would go wrong, said now."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator

from tools.gate import postgres
from tools.gate.places import ROOT
from tools.gate.problem import Problem, Problems

_FREE_BYTES_MIN = 6 * 1024**3  # build folder, node_modules, data of a run
_MEMORY_BYTES_MIN = 3 * 1024**3
_OPEN_FILES_MIN = 4096


def check() -> str:
    """One line about the machine. Problems with every fault at once when it cannot run a gate."""
    found = list(_faults())
    if found:
        raise Problems(found)
    return f"{os.cpu_count()} lõi · cores, {_memory_bytes() / 1024**3:.0f} GiB"


def full() -> Iterator[tuple[str, Problem | None]]:
    """Every check with its outcome, for ./run doctor."""
    missing = subprocess.run([ROOT / "setup", "--list"], capture_output=True, text=True, check=False).stdout.split()
    yield (
        "gói Debian · Debian packages",
        Problem(f"{len(missing)} packages are missing: {' '.join(missing)}", "./setup") if missing else None,
    )
    for title, fault in _checks():
        yield title, fault


def _checks() -> Iterator[tuple[str, Problem | None]]:
    free = shutil.disk_usage(ROOT).free
    yield (
        "đĩa · disk",
        None
        if free >= _FREE_BYTES_MIN
        else Problem(f"only {free / 1024**3:.1f} GiB are free at {ROOT}", "free at least 6 GiB there"),
    )
    memory = _memory_bytes()
    yield (
        "bộ nhớ · memory",
        None
        if memory >= _MEMORY_BYTES_MIN
        else Problem(f"the machine has {memory / 1024**3:.1f} GiB of memory", "use one with at least 3 GiB"),
    )
    yield (
        "PostgreSQL 15",
        None
        if (postgres.PROGRAMS / "postgres").exists()
        else Problem(f"{postgres.PROGRAMS}/postgres is not there", "./setup"),
    )
    yield "tệp mở · open files", _open_files()
    yield (
        "đồng hồ · clock",
        None
        if time.time() > 1_735_689_600
        else Problem("the clock stands before 2025; certificates would not be valid", "set it: date -s …"),
    )


def _faults() -> Iterator[Problem]:
    for _, fault in _checks():
        if fault:
            yield fault


def _open_files() -> Problem | None:
    """Raises our own limit as far as the machine allows: every service inherits it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _OPEN_FILES_MIN <= hard or (soft < _OPEN_FILES_MIN and hard == resource.RLIM_INFINITY):
        resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES_MIN, hard))
        soft = _OPEN_FILES_MIN
    if soft >= _OPEN_FILES_MIN:
        return None
    return Problem(f"a process may open only {soft} files here", f"ulimit -n {_OPEN_FILES_MIN}")


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
