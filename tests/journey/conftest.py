"""One whole gate for all journey tests of a run: its lanes, and nobody about but those whom the tests play. When they
are done, every invariant of the design must hold.

Trucks drive twice as fast as real ones; barriers, loops and cameras keep real pace."""

import pytest

from tests.harness.control import Control
from tests.harness.truck import World
from tests.invariants.checker import check
from tools.gate.gate import Gate


@pytest.fixture(scope="session")
def gate():
    with Gate.start(lanes=4, speed=2, traffic=False, people=False) as one:
        yield one
        check(one)


@pytest.fixture(scope="session")
def world(gate):
    return World(gate)


@pytest.fixture(scope="session")
def control(gate):
    return Control(gate)
