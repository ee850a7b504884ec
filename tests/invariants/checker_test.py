# Goal: the checker finds every kind of violation, and nothing at a gate where all went well.
# Method: the facts of a very small gate; each violation planted alone, and found by the check that it concerns.
from collections.abc import Callable

import pytest

from tests.invariants.checker import INVARIANTS, violations
from tests.invariants.facts import Facts
from tests.invariants.small_gate import GUARD, PLATE, TRIP, decision, passage, record, small_gate, stamp, told

Plant = Callable[[Facts], None]


def change(table: str, **changes) -> Plant:
    """Alters the first row of a table."""
    return lambda facts: facts.tables[table][0].update(changes)


def drop(table: str) -> Plant:
    """Removes the first row of a table."""
    return lambda facts: facts.tables[table].pop(0) and None


def double(table: str) -> Plant:
    """Lets the first row of a table stand twice."""
    return lambda facts: facts.tables[table].append(dict(facts.tables[table][0]))


def truth(event: str, after_s: float, **changes) -> Plant:
    """One more thing that really happened."""
    return lambda facts: facts.truth.append(record(event, after_s, **changes))


def untruth(event: str) -> Plant:
    """It did not really happen."""

    def plant(facts: Facts) -> None:
        facts.truth = [one for one in facts.truth if one["event"] != event]

    return plant


def lane_tells(kind: str, after_s: float, **body) -> Plant:
    return lambda facts: told(facts, "lane", kind, after_s, **body)


def alter_lane(kind: str, part: str, **changes) -> Plant:
    """Alters the lane's event of this kind."""
    return lambda facts: facts.lane_events(kind)[0].body[part].update(changes)


def watch(facts: Facts) -> None:
    entry = {"watch_list_entry_id": "entry_1", "plate": {"normalised": PLATE}}
    told(facts, "vehicle", "watch_list.entry_added", 50, GUARD, watch_list_entry=entry)


def stranger_watches(facts: Facts) -> None:
    entry = {"watch_list_entry_id": "entry_1", "plate": {"normalised": "99A99999"}}
    told(facts, "vehicle", "watch_list.entry_added", 50, "person_nobody", watch_list_entry=entry)


def decided_by(person: str) -> Plant:
    return lane_tells("decision.made", 90, decision=decision(decision_id="decision_0", outcome="OUTCOME_REFUSE",
                                                             decided_by=person), basis={})  # fmt: skip


def paid_at(after_s: float | None) -> Plant:
    """The fee was settled then, or never."""

    def plant(facts: Facts) -> None:
        facts.events["fee"] = [event for event in facts.events["fee"] if event.kind != "invoice.paid"]
        if after_s is not None:
            told(facts, "fee", "invoice.paid", after_s, "bank", invoice={"trip_id": TRIP})

    return plant


def wrong_agency(facts: Facts) -> None:
    trip = facts.events["customs"][0].body["trip"]
    told(facts, "customs", "trip.step_confirmed", 5, "person_customs", trip=trip, step_id="border_guard")


def lost_event(facts: Facts) -> None:
    del facts.events["customs"][1]


def behind(facts: Facts) -> None:
    facts.applied[("report", "lane")] -= 1


def rewritten(facts: Facts) -> None:
    facts.journal[1]["body"] = b"another body"


def cut(facts: Facts) -> None:
    del facts.journal[0]


def no_reason(facts: Facts) -> None:
    facts.logs["gateway"] = [{"event": "http.request", "method": "GET", "status": 500, "reason": "SOMETHING_ELSE"}]


def silent_error(facts: Facts) -> None:
    facts.logs["fee"] = [{"event": "rpc.finished", "message": "refused", "method": "ListInvoices", "reason": ""}]


def plate_in_log(facts: Facts) -> None:
    facts.logs["lane"] = [{"event": "decision.made", "message": f"opened for {PLATE}"}]


# (what went wrong, the check that must find it)
VIOLATIONS: dict[str, tuple[Plant, str]] = {
    "a pulse that nobody decided": (truth("arm.raise_pulse", 200), "no_opening_without_a_decision_before_it"),
    "a second pulse for one decision": (truth("arm.raise_pulse", 102), "no_opening_without_a_decision_before_it"),
    "a pulse in another lane": (truth("arm.raise_pulse", 100, lane_id="n1"), "no_opening_without_a_decision_before_it"),
    "a pulse before its decision": (
        alter_lane("decision.made", "decision", decide_time="2026-12-01T00:00:00Z"),
        "no_opening_without_a_decision_before_it",
    ),
    "a pulse after the decision's end": (
        alter_lane("decision.made", "decision", expire_time="2026-01-01T00:00:00Z"),
        "no_opening_without_a_decision_before_it",
    ),
    "a refusal that opened": (
        alter_lane("decision.made", "decision", outcome="OUTCOME_REFUSE"), "no_opening_without_a_decision_before_it",
    ),
    "an arm that rose by itself": (truth("arm.left_bottom", 300), "no_rise_without_a_pulse"),
    "an arm that came down on a truck": (truth("arm.struck", 105), "no_arm_touched_a_vehicle"),
    "a truck without its passage": (truth("truck.passed", 500), "passages_are_what_really_passed"),
    "a passage of nobody": (untruth("truck.passed"), "passages_are_what_really_passed"),
    "a passage of another truck": (alter_lane("passage.completed", "passage", plate="99A99999"),
                                   "passages_are_what_really_passed"),
    "a passage told twice": (lane_tells("passage.completed", 111, passage=passage()), "a_passage_rests_on_one_decision"),
    "two passages of one decision": (
        lane_tells("passage.completed", 111, passage=passage(passage_id="passage_2")), "a_passage_rests_on_one_decision",
    ),
    "a passage without a decision": (
        alter_lane("passage.completed", "passage", decision_id="decision_7"), "a_passage_rests_on_one_decision",
    ),
    "an officer's passage called automatic": (
        alter_lane("decision.made", "decision", decided_by=GUARD), "a_passage_rests_on_one_decision",
    ),
    "an unauthorised passage that says nothing": (
        lane_tells("passage.completed", 300, passage=passage(passage_id="passage_3", decision_id="", trip_id="",
                                                             kind="KIND_UNAUTHORISED")),
        "a_passage_rests_on_one_decision",
    ),
    "a passage lost on the way to the search": (drop("report.passages"), "passages_are_the_same_everywhere"),
    "a passage found twice": (double("report.passages"), "passages_are_the_same_everywhere"),
    "a passage altered in the search": (change("report.passages", plate="12C30112"), "passages_are_the_same_everywhere"),
    "a crossing that customs does not know": (drop("customs.crossings"), "passages_are_the_same_everywhere"),
    "a passage that only the lane's table lacks": (
        lambda facts: facts.lane["passages"].clear(), "passages_are_the_same_everywhere",
    ),
    "a trip that crosses again": (
        lambda facts: told(facts, "customs", "trip.crossed", 120, trip=facts.events["customs"][0].body["trip"]),
        "a_trip_crosses_once",
    ),
    "a watched truck that passed by itself": (watch, "no_watch_listed_vehicle_was_opened_for_by_the_lane"),
    "a truck the lane knew to be watched": (
        alter_lane("decision.made", "basis", watched=["entry_1"]), "no_watch_listed_vehicle_was_opened_for_by_the_lane",
    ),
    "a ticket that passes twice": (
        lane_tells("passage.completed", 400, passage=passage(passage_id="passage_2", decision_id="decision_2", trip_id="")),
        "a_ticket_and_a_trip_pass_once",
    ),
    "a truck that was never called": (change("yard.tickets", call_count=0), "a_ticket_and_a_trip_pass_once"),
    "a ticket that did not pass in the order": (change("yard.tickets", state="called"), "a_ticket_and_a_trip_pass_once"),
    "money that is not there": (drop("fee.payments"), "fees_balance"),
    "a ledger one dong off": (lambda facts: facts.tables["fee.ledger"][1].update(amount_dong=1499), "fees_balance"),
    "an invoice altered afterwards": (change("fee.invoices", amount_dong=1600), "fees_balance"),
    "a truck that crossed unpaid": (paid_at(None), "nobody_crossed_unpaid"),
    "a truck that paid after it crossed": (paid_at(105), "nobody_crossed_unpaid"),
    "a journal row rewritten": (rewritten, "the_journal_chain_is_whole"),
    "a journal row removed": (cut, "the_journal_chain_is_whole"),
    "a message rewritten": (change("exchange.messages", payload='{"trip_id": "trip_2"}'), "message_chains_are_whole"),
    "a chain without its end": (drop("exchange.messages"), "message_chains_are_whole"),
    "an event lost": (lost_event, "sequences_have_no_gaps"),
    "a follower behind": (behind, "everybody_is_caught_up"),
    "an event applied twice": (double("report.timeline"), "the_timeline_has_every_event_of_a_trip_once"),
    "an event not applied": (drop("report.timeline"), "the_timeline_has_every_event_of_a_trip_once"),
    "a trip charged twice": (double("fee.invoices"), "every_declared_trip_is_charged_once_and_known_to_the_yard"),
    "a trip never charged": (drop("fee.invoices"), "every_declared_trip_is_charged_once_and_known_to_the_yard"),
    "a trip the yard has not heard of": (drop("yard.trips"), "every_declared_trip_is_charged_once_and_known_to_the_yard"),
    "a message never sent": (drop("exchange.messages"), "a_partner_has_every_agreed_event_once_in_order"),
    "a message sent twice": (double("exchange.messages"), "a_partner_has_every_agreed_event_once_in_order"),
    "another agency's step": (wrong_agency, "nobody_did_what_his_role_does_not_allow"),
    "a decision by customs": (decided_by("person_customs"), "nobody_did_what_his_role_does_not_allow"),
    "a stranger's watch list": (stranger_watches, "nobody_did_what_his_role_does_not_allow"),
    "a reason nobody published": (no_reason, "every_error_has_a_published_reason"),
    "an error without a reason": (silent_error, "every_error_has_a_published_reason"),
    "a plate in a log": (plate_in_log, "no_plate_stands_in_a_log"),
}  # fmt: skip


def test_a_gate_where_all_went_well_has_no_violation():
    assert violations(small_gate()) == []


@pytest.mark.parametrize("what", VIOLATIONS)
def test_a_planted_violation_is_found(what):
    plant, check = VIOLATIONS[what]
    facts = small_gate()
    plant(facts)
    assert check in {found.split(" ")[1].rstrip(":") for found in violations(facts)}, violations(facts)


def test_every_check_has_a_planted_violation():
    checks = {check.__name__ for checks in INVARIANTS.values() for check in checks}
    assert checks == {check for _, check in VIOLATIONS.values()}


def test_every_invariant_of_the_design_has_a_check():
    assert set(INVARIANTS) == set(range(1, 10))


def test_a_presumed_passage_is_told_when_the_lane_is_back_and_of_a_truck_that_was_there():
    presumed = {"remarks": [{"code": "PRESUMED_PASSED"}], "arrive_time": stamp(90)}
    facts = small_gate()
    alter_lane("passage.completed", "passage", leave_time=stamp(180), **presumed)(facts)
    assert violations(facts) == []
    for arrive_s, leave_s in ((90, 105), (112, 180)):
        facts = small_gate()
        alter_lane("passage.completed", "passage", **presumed | {"arrive_time": stamp(arrive_s)}, leave_time=stamp(leave_s))(facts)
        assert any("passages_are_what_really_passed" in found for found in violations(facts)), "it was not there"


def test_a_truck_whose_story_the_simulator_lost_may_have_its_passage_or_not():
    facts = small_gate()
    untruth("truck.passed")(facts)
    truth("truck.vanished", 109)(facts)
    assert violations(facts) == []
    truth("truck.vanished", 309)(facts)
    assert violations(facts) == []
