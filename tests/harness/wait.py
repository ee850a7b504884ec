"""Waits for something to become true, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T], holds: Callable[[T], bool] = bool, timeout_s: float = 30, what: str = "") -> T:
    """Asks again until the answer fits and returns it. AssertionError with the last answer when time is over.

    For facts that travel by events and so arrive a little later.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        answer = ask()
        if holds(answer):
            return answer
        assert time.monotonic() < deadline, f"{what or 'it'} did not come true within {timeout_s} s; last: {answer!r}"
        time.sleep(0.05)
