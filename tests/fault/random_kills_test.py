# Goal: processes that die at any instant, 200 times, cost nothing: what the barriers were told is what was decided, and what
# went through is what was told, as sets. Method: a gate at work; kill -9 of its processes at instants that a seed chooses, also
# while they start; then traffic stops, the last trucks leave, and ground truth is held against the lane's journal.
#
# A run of the day kills six times; BORDERGATE_KILLS=200 is the whole of it (run pytest by hand: it takes longer than ctest
# allows), BORDERGATE_SEED=7 another order of them.
import os
import random
import time
from collections import Counter

from tests.harness.wait import until
from tests.invariants.checker import check
from tests.invariants.sources import Sources
from tools.gate.rest import Rest, RestError
from tools.gate.services import ORDER

KILLS = int(os.environ.get("BORDERGATE_KILLS", "6"))
SEED = int(os.environ.get("BORDERGATE_SEED", "20261122"))
# The lane decides and writes; the others are what it hears from and tells. The simulator is the world, and is let live.
NAMES = [*["lane"] * 10, *(name for name in ORDER if name not in ("lane", "simulator")), "postgres"]
PAUSE_S = 1.5  # between two kills, on average
# After so many kills everything comes up and trucks go through: there is something to kill again, and the runner's pauses before
# a restart, which double with each kill, are short again.
BREATH = 6
# A truck that nobody lets in waits until its driver gives up; an arm that is up for one that does not drive, a minute.
REST_S = 300
# How an opening ended whose pulse was never sent.
NOTHING_SENT = {"withdrawn", "not_sent", "not_executed"}


def test_kills_at_random_instants_cost_no_passage_and_open_for_nobody(gate, control, healing):
    chance = random.Random(SEED)
    print(f"\nBORDERGATE_KILLS={KILLS} BORDERGATE_SEED={SEED}")
    healing.wait_traffic()
    for number in range(1, KILLS + 1):
        time.sleep(min(chance.expovariate(1 / PAUSE_S), 5))  # the instant of the fault, not a wait for anything
        name = chance.choice(NAMES)
        assert gate.supervisor.keeper(name).wait_for(lambda status: status.pid is not None, 30), f"{name} stays down"
        gate.kill(name)
        if number % BREATH == 0 or number == KILLS:
            healing.begin()
            for each in ("postgres", *ORDER):
                gate.wait_ready(each)
            healing.wait_traffic()
            print(f"{number} kills, {healing.passed()} trucks through", flush=True)
    control.run_traffic(False)
    sources = Sources.of(gate)
    officer = gate.rest("bienphong")
    until(lambda: _restless(officer, sources), lambda found: not found, timeout_s=REST_S, what="every truck has left its lane")
    healing.begin()
    healing.wait_caught_up()

    facts = check(gate)
    told = Counter(record["lane_id"] for record in facts.truth if record["event"] == "arm.raise_pulse")
    ends = {row["decision_id"]: row["how"] for row in sources.select_lane({"one": "select * from endings"})["one"]}
    openings = [event.subject for event in facts.openings()]
    decided = Counter(one["lane_id"] for one in openings if ends.get(one["decision_id"]) not in NOTHING_SENT)
    assert told == decided, "a barrier was told something else than was decided"
    passed = Counter(record["lane_id"] for record in facts.truth if record["event"] == "truck.passed")
    passages = Counter(passage["lane_id"] for passage in facts.passages())
    assert passed == passages, "what went through is not what was told"
    print(f"{KILLS} kills: {len(openings)} decisions to open, {sum(told.values())} pulses, {sum(passed.values())} trucks "
          f"through, {sum(passages.values())} passages")  # fmt: skip


def _restless(officer: Rest, sources: Sources) -> list[str]:
    """Where somebody is on a lane, or an arm is not down, by the lane's own word; empty when all is at rest."""
    try:
        lanes = officer.get("/v1/lanes", page_size=200)["lanes"]
    except RestError as error:
        if error.status == 503:  # the gateway has not found the lane again yet
            return ["the gateway does not find the lane"]
        raise
    open_ones = sources.select_lane({"one": "select lane_id from openings"})["one"]
    return [f"{one['lane_id']}: an opening is under way" for one in open_ones] + [
        f"{lane['lane_id']}: {lane['mode']} {lane['state']} {lane['barrier_position']} {[fault['code'] for fault in lane['faults']]}"
        for lane in lanes
        if lane["barrier_position"] != "BARRIER_POSITION_DOWN"
        or any((lane["session_id"], lane["arming_loop"], lane["safety_loop"], lane["exit_loop"]))
    ]
