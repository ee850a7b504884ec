"""Processes and the processes they have made, as /proc tells."""

import contextlib
import os
import signal
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """Every process below this one, children before their own children; those that have ended meanwhile are left out."""
    found: list[int] = []
    for task in _tasks(pid):
        try:
            children = (task / "children").read_text()
        except OSError:
            continue
        for child in map(int, children.split()):
            found += [child, *descendants(child)]
    return found


def signal_descendants(pid: int, number: signal.Signals) -> None:
    """Signals every process below this one. One that ends before its turn needs no signal."""
    for child in descendants(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, number)


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []
