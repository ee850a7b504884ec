# Goal: whatever dies or stands still, no truck is lost or counted twice, and the gate heals by itself within 30 s.
# Method: a gate at work; kill -9 and SIGSTOP of its processes; the checker of the invariants when all is healed (conftest).
import time

import pytest

from tests.harness.load import Declarers
from tests.harness.wait import until
from tests.invariants.sources import Sources
from tools.gate.services import ORDER

FROZEN_S = 6.0  # longer than a lane relies on anything, and than a barrier's controller waits for its heartbeat


@pytest.mark.parametrize("name", [*ORDER, "postgres"])
def test_the_gate_works_on_after_the_death_of(name, gate, healing):
    gate.kill(name)
    gate.wait_ready(name)
    healing.wait_caught_up()
    healing.wait_traffic()


@pytest.mark.parametrize("name", ["lane", "postgres"])
def test_the_gate_works_on_after_standing_still(name, gate, healing):
    gate.freeze(name)
    time.sleep(FROZEN_S)  # the fault itself, not a wait for anything
    gate.thaw(name)
    healing.begin()
    gate.wait_ready(name)
    healing.wait_caught_up()
    healing.wait_traffic()


def test_a_producer_and_its_followers_killed_again_and_again_under_load_lose_no_event(gate, world, healing):
    with Declarers(world, 3) as declarers:
        for _ in range(3):
            for name in ("customs", "fee", "report", "yard", "exchange", "lane"):
                count = len(declarers.trip_ids)
                assert gate.supervisor.keeper(name).wait_for(lambda status: status.pid is not None, 15)
                gate.kill(name)
                until(lambda: len(declarers.trip_ids), lambda now, before=count: now > before, what="the load goes on")
    healing.begin()
    for name in ("customs", "fee", "report", "yard", "exchange", "lane"):
        gate.wait_ready(name)
    healing.wait_caught_up()
    known = {row["trip_id"] for row in Sources.of(gate).select("select trip_id from customs.trips")}
    assert set(declarers.trip_ids) <= known, "an acknowledged trip is lost"
    made = [row["enterprise_id"] for row in Sources.of(gate).select("select enterprise_id from customs.trips")]
    assert sum(one in declarers.enterprise_ids for one in made) == len(declarers.trip_ids), "one was declared twice"
