"""One whole gate for all journey tests of a run."""

import pytest

from tests.harness.truck import World
from tools.gate.gate import Gate


@pytest.fixture(scope="session")
def gate():
    with Gate.start(lanes=4, speed=1) as one:
        yield one


@pytest.fixture(scope="session")
def world(gate):
    return World(gate)
