# Goal: a simulated day at the gate shows every kind of truck at once, and the platform records just what happened at its lanes.
# Method: a whole gate with its own people; what the simulated hardware wrote down is compared with the search, as sets.
import json
from collections import Counter

import pytest

from tests.harness.truck import World
from tests.harness.wait import until
from tests.invariants.checker import check
from tools.gate.gate import Gate

PASSED_MIN = 20
# The slowest machine still gets a truck through each lane every quarter of a minute.
TIMEOUT_S = 300


@pytest.fixture(scope="module")
def busy_gate():
    with Gate.start(lanes=4, speed=10) as one:
        yield one
        check(one)


@pytest.fixture(scope="module")
def world(busy_gate):
    return World(busy_gate)


def truth(gate) -> list[dict[str, str]]:
    """What happened so far; the last line may not be whole yet."""
    lines = gate.folder.truth_file.read_text("utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def happened(gate, event: str, **fields: str) -> list[dict[str, str]]:
    return [one for one in truth(gate) if one["event"] == event and fields.items() <= one.items()]


def search(world) -> list[dict[str, str]]:
    """Every passage the platform tells of."""
    found, token = [], ""
    while True:
        page = world.as_("trungtam").get("/v1/passages", page_size=200, page_token=token)
        found += page["passages"]
        token = page["next_page_token"]
        if not token:
            return found


def stays(rows) -> Counter:
    """Which trip went through which lane under which plate, and how often."""
    return Counter((row["lane_id"], row["plate"], row.get("trip_id", "")) for row in rows)


def test_the_first_trucks_are_of_both_countries_and_both_ways(busy_gate):
    passed = until(lambda: happened(busy_gate, "truck.passed"), lambda rows: len(rows) >= PASSED_MIN, TIMEOUT_S,
                   "the first trucks through the lanes")  # fmt: skip
    assert {row["lane_id"] for row in passed} >= {"huu-nghi-x1", "huu-nghi-n1"}
    assert {row["plate"][0].isascii() for row in passed} == {True, False}, "Vietnamese and Chinese plates"


def test_whoever_may_not_pass_is_turned_back(busy_gate):
    for purpose in ("undeclared", "watch_listed"):
        until(lambda purpose=purpose: happened(busy_gate, "truck.turned_back", purpose=purpose), timeout_s=TIMEOUT_S,
              what=f"a truck that is {purpose} turns back")  # fmt: skip
    assert {row["purpose"] for row in happened(busy_gate, "truck.passed")} == {"declared"}


def test_the_search_tells_of_every_passage_that_happened_and_of_no_other(busy_gate, world):
    passed = stays(happened(busy_gate, "truck.passed"))
    assert max(passed.values()) == 1, "a trip crosses once"
    told = until(lambda: stays(search(world)), lambda rows: passed <= rows, what="every passage in the search")
    # Trucks go on passing while this compares; what happened is on disk a little later.
    until(lambda: stays(happened(busy_gate, "truck.passed")), lambda rows: told <= rows, 10,
          "the search tells of nothing that did not happen")  # fmt: skip
