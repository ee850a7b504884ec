"""One gate at work for all fault tests: a simulated day with declared, undeclared, watched and mistaken trucks. When
everything is healed, every invariant of the design must hold."""

import time

import pytest

from tests.harness.control import Control
from tests.harness.truck import World
from tests.harness.wait import until
from tests.invariants.checker import check
from tests.invariants.sources import Sources
from tools.gate.gate import Gate


@pytest.fixture(scope="session")
def gate():
    with Gate.start(lanes=4, speed=6) as one:
        yield one
        check(one)


@pytest.fixture(scope="session")
def world(gate):
    return World(gate)


@pytest.fixture(scope="session")
def control(gate):
    return Control(gate)


class Healing:
    """Watches a gate get well after a fault."""

    def __init__(self, gate: Gate):
        self._sources = Sources.of(gate)
        self._before = self.passed()
        self._begin = time.monotonic()

    def passed(self) -> int:
        """How many trucks have really gone through."""
        return sum(record["event"] == "truck.passed" for record in self._sources.truth())

    def begin(self) -> None:
        """From now on it heals."""
        self._begin = time.monotonic()

    def wait_caught_up(self, within_s: float = 30) -> None:
        """Everything that was told until now is applied by everybody."""
        self._sources.wait_applied(self._sources.heads(), self._begin + within_s - time.monotonic())

    def wait_traffic(self) -> None:
        """Another truck has gone through since the fault."""
        until(self.passed, lambda count: count > self._before, timeout_s=120, what="trucks go through again")
        self._before = self.passed()


@pytest.fixture
def healing(gate):
    return Healing(gate)
