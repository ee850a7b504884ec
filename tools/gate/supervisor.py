"""Runs the programs of one gate: starts them in order, keeps them up, stops them in reverse."""

import signal
import threading
from collections.abc import Callable

from tools.gate.keeper import Keeper, Program, Status
from tools.gate.problem import Problem


class Supervisor:
    """The programs of one run. Stops exactly what it started. Safe for use by several threads."""

    def __init__(self, changed: Callable[[], None] = lambda: None):
        self._changed = changed
        self._lock = threading.Lock()
        self._keepers: dict[str, Keeper] = {}  # in the order of their start
        self._programs: dict[str, Program] = {}
        self.hurry = threading.Event()  # set: whatever is being stopped is killed at once

    def start(self, program: Program) -> Keeper:
        """Starts a program and keeps it running. Its name must not be running already."""
        with self._lock:
            if program.name in self._keepers:
                raise ValueError(f"{program.name} is running already")
            keeper = Keeper(program, self._changed)
            self._keepers[program.name] = keeper
            self._programs[program.name] = program
        return keeper

    def stop(self, name: str) -> None:
        """Stops one program; it stays down until start_again()."""
        self.keeper(name).stop(self.hurry)
        with self._lock:
            del self._keepers[name]
        self._changed()

    def start_again(self, name: str) -> Keeper:
        """Starts a program that stop() had stopped, as it was."""
        return self.start(self._programs[name])

    def signal(self, name: str, number: signal.Signals) -> int:
        """Sends a signal to a running program: SIGKILL (it is started again), SIGSTOP, SIGCONT. Returns its pid."""
        return self.keeper(name).signal(number)

    def keeper(self, name: str) -> Keeper:
        with self._lock:
            if name not in self._keepers:
                raise Problem(f"“{name}” is not running here", f"one of: {', '.join(self._keepers)}")
            return self._keepers[name]

    def statuses(self) -> list[Status]:
        with self._lock:
            keepers = list(self._keepers.values())
        return [keeper.status() for keeper in keepers]

    def stop_all(self) -> None:
        """Stops everything in the reverse order of the start."""
        with self._lock:
            names = list(self._keepers)
        for name in reversed(names):
            self.stop(name)
