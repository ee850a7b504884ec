"""One run a folder: a lock that ends with the process that holds it, however it ends."""

import contextlib
import fcntl
import os
import select
import signal
import time
from pathlib import Path

from tools.gate.problem import Problem

_TRIES = 10
_TRY_AGAIN_S = 0.02


class RunLock:
    """Held by the process that runs a gate."""

    def __init__(self, file: Path, name: str):
        """Takes the lock; Problem when the run is going on already."""
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for _ in range(_TRIES):
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(_TRY_AGAIN_S)  # holder() may be looking at this very moment
        else:
            os.close(self._file)
            raise Problem(
                f"the run “{name}” is going on already (process {holder(file)})",
                f"./run stop --name {name}, or start another one: ./run --name other",
            )
        os.ftruncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        os.close(self._file)


def holder(file: Path) -> int | None:
    """The process that holds the lock, None when nobody does."""
    try:
        probe = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return None
    except OSError:
        return int(os.read(probe, 32) or b"0") or None
    finally:
        os.close(probe)


def ask_to_end(file: Path, timeout_s: float) -> bool:
    """Asks the holder to end and waits until it has; False when it has not in time, True also when there was none."""
    pid = holder(file)
    if pid is None:
        return True
    with contextlib.suppress(ProcessLookupError):
        watch = os.pidfd_open(pid)
        try:
            if holder(file) == pid:  # still the same process: its number was not given to another one meanwhile
                signal.pidfd_send_signal(watch, signal.SIGTERM)
            ended, _, _ = select.select([watch], [], [], timeout_s)
            return bool(ended)
        finally:
            os.close(watch)
    return True
