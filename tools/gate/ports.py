"""Free ports on the loopback address that stay free for the whole run.

A port found by binding to 0 can be taken by any outgoing connection before its service listens, or while a killed
service is being restarted. These ports lie below the range the kernel uses for that, and each run holds a block of
them by a lock, so that two runs that start in the same moment cannot meet.
"""

import fcntl
import os
import random
import socket
from pathlib import Path

from tools.gate.problem import Problem

_FIRST = 20000
_BLOCK_SIZE = 100
_BLOCK_COUNT = 100
_LOCKS = Path("/tmp/bordergate-ports")


def is_free(port: int) -> bool:
    """True when a program could listen on the loopback address at this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Ports:
    """A block of ports for one run; released by close() or with the process."""

    def __init__(self) -> None:
        _LOCKS.mkdir(exist_ok=True)
        if _LOCKS.stat().st_uid == os.getuid():
            os.chmod(_LOCKS, 0o1777)  # every user of the machine locks here
        blocks = list(range(_BLOCK_COUNT))
        random.shuffle(blocks)
        for block in blocks:
            lock = os.open(_LOCKS / str(block), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                continue
            self._lock = lock
            self._next = _FIRST + block * _BLOCK_SIZE
            self._end = self._next + _BLOCK_SIZE
            return
        raise Problem(f"{_BLOCK_COUNT} runs hold all ports from {_FIRST} on", "end runs that are not needed: ./run stop")

    def take(self) -> int:
        """A port that nobody listens on and nobody else of ours is given."""
        while self._next < self._end:
            port = self._next
            self._next += 1
            if is_free(port):
                return port
        raise Problem(f"all {_BLOCK_SIZE} ports of this run are taken", "use fewer lanes: ./run --lanes 4")

    def close(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
