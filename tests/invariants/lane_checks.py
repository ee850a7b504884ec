"""Invariants 1 to 4 of the design: openings, passages, the watch list, tickets. Each yields what is wrong, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.invariants.facts import Event, Facts, seconds
from tests.invariants.sources import Row

_ROUNDING_S = 0.002  # ground truth is in milliseconds
# A loop that goes off is believed a moment later, an exit that is not seen after seconds, and a lane that was away for a
# moment goes on with the loops as they are.
_LATE_S = 40.0
# A rise that nobody commanded must be told of within this.
_TOLD_S = 10.0
_UNCOMMANDED = {"ARM_WITHOUT_COMMAND", "EMERGENCY_OPENING"}
# Every lane knows a new entry of the watch list within this while it is in AUTO.
_WATCH_LIST_S = 5.0


def no_opening_without_a_decision_before_it(facts: Facts) -> Iterator[str]:
    """Every pulse that a barrier got has its own decision, on disk before it and still good; at most one pulse each."""
    unused = {opening.sequence: opening for opening in facts.openings()}
    for pulse in _records(facts, "arm.raise_pulse"):
        good = [opening for opening in unused.values() if _allows(opening, pulse)]
        if good:
            del unused[good[-1].sequence]
        else:
            yield f"{pulse['lane_id']} was told to open at {pulse['time']:.3f} without a decision of its own"


def no_rise_without_a_pulse(facts: Facts) -> Iterator[str]:
    """An arm that went up without our pulse is told of as a fault."""
    pulses = _records(facts, "arm.raise_pulse")
    told = [event for event in facts.lane_events("lane.fault_raised")
            if _UNCOMMANDED & {fault["code"] for fault in event.body["lane"]["faults"]}]  # fmt: skip
    for rise in _records(facts, "arm.left_bottom"):
        if rise["time"] >= facts.truth_time - _TOLD_S:
            break
        commanded = any(_is_before(pulse, rise, 5) for pulse in pulses)
        known = any(
            event.body["lane"]["lane_id"] == rise["lane_id"] and abs(event.time - rise["time"]) <= _TOLD_S
            for event in told
        )
        if not commanded and not known:
            yield f"the arm of {rise['lane_id']} went up at {rise['time']:.3f}, commanded by nobody and told by nobody"


def no_arm_touched_a_vehicle(facts: Facts) -> Iterator[str]:
    for record in _records(facts, "arm.struck"):
        yield f"the arm of {record['lane_id']} struck {record['truck_id']} at {record['time']:.3f}"


def passages_are_what_really_passed(facts: Facts) -> Iterator[str]:
    """As sets, lane by lane. A truck whose story the simulator itself lost (vanished) may have a passage or not.

    What happened just before the ground truth was read may be told by one side only.
    """
    until = facts.truth_time - _TOLD_S
    left = list(facts.passages())
    for truck in _records(facts, "truck.passed"):
        found = [passage for passage in left if _is_passage_of(passage, truck)]
        if found:
            left.remove(min(found, key=lambda passage: abs(seconds(passage["leave_time"]) - truck["time"])))
        elif truck["time"] < until:
            yield f"{truck['truck_id']} went through {truck['lane_id']} at {truck['time']:.3f} and is no passage"
    vanished = _records(facts, "truck.vanished")
    for passage in left:
        is_late = seconds(passage["leave_time"]) >= until
        if not is_late and not any(_is_passage_of(passage, truck) for truck in vanished):
            yield f"{passage['passage_id']} in {passage['lane_id']} at {passage['leave_time']} is a passage of nobody"


def a_passage_rests_on_one_decision(facts: Facts) -> Iterator[str]:
    """Every passage with a decision has an opening of its lane that no other passage has; the others say why not."""
    openings = {opening.subject["decision_id"]: opening.subject for opening in facts.openings()}
    for passage in facts.passages():
        decision = openings.get(passage["decision_id"])
        if passage["kind"] == "KIND_UNAUTHORISED":
            if passage["decision_id"] or not passage["remarks"]:
                yield f"{passage['passage_id']} is unauthorised and does not say how"
        elif decision is None or decision["lane_id"] != passage["lane_id"]:
            yield f"{passage['passage_id']} rests on {passage['decision_id']}, which opened nothing in {passage['lane_id']}"
        elif (decision["decided_by"] == "lane") != (passage["kind"] == "KIND_AUTOMATIC"):
            yield f"{passage['passage_id']} is {passage['kind']} and was decided by {decision['decided_by']}"
    for decision_id, count in _more_than_once(passage["decision_id"] for passage in facts.passages()):
        yield f"{decision_id} has {count} passages"
    for passage_id, count in _more_than_once(passage["passage_id"] for passage in facts.passages()):
        yield f"{passage_id} was told {count} times"


def no_watch_listed_vehicle_was_opened_for_by_the_lane(facts: Facts) -> Iterator[str]:
    """Neither one that the lane knew to be on the list, nor one that it had to know."""
    spans = _watch_list_spans(facts)
    for opening in facts.openings():
        decision, basis = opening.subject, opening.body["basis"]
        if decision["decided_by"] != "lane":
            continue
        if basis.get("watched"):
            yield f"{decision['decision_id']} opened by itself for a vehicle it knew to be watched"
        for begin, end in spans.get(decision["plate"], []):
            if basis.get("mode") == "AUTO" and begin + _WATCH_LIST_S < opening.time < end:
                yield f"{decision['decision_id']} opened by itself for a plate watched since {begin:.3f}"


def a_ticket_and_a_trip_pass_once(facts: Facts) -> Iterator[str]:
    for word in ("ticket_id", "trip_id"):
        for one, count in _more_than_once(passage[word] for passage in facts.passages()):
            yield f"{one} passed {count} times"
    passed = {passage["ticket_id"] for passage in facts.passages(heard_by="yard") if passage["ticket_id"]}
    known = {row["ticket_id"] for row in facts.tables["yard.tickets"] if row["state"] == "passed"}
    for ticket_id in sorted(passed - known):
        yield f"{ticket_id} passed at the lane and not in the yard's order"
    for row in facts.tables["yard.tickets"]:
        if row["ticket_id"] in passed and row["call_count"] < 1:
            yield f"{row['ticket_id']} passed and was never called"


def _records(facts: Facts, event: str) -> list[Row]:
    return [record for record in facts.truth if record["event"] == event]


def _allows(opening: Event, pulse: Row) -> bool:
    decision = opening.subject
    begin, end = seconds(decision["decide_time"]), seconds(decision["expire_time"])
    return decision["lane_id"] == pulse["lane_id"] and begin <= pulse["time"] + _ROUNDING_S and pulse["time"] <= end


def _is_before(pulse: Row, rise: Row, at_most_s: float) -> bool:
    return pulse["lane_id"] == rise["lane_id"] and 0 <= rise["time"] - pulse["time"] + _ROUNDING_S <= at_most_s


def _is_passage_of(passage: Row, truck: Row) -> bool:
    same_plate = passage["kind"] != "KIND_AUTOMATIC" or passage["plate"] == truck["plate"]
    late_s = seconds(passage["leave_time"]) - truck["time"]
    told_in_time = -_LATE_S <= late_s <= _LATE_S
    if any(remark["code"] == "PRESUMED_PASSED" for remark in passage["remarks"]):
        # The lane was away, for however long, and says when it came and when it was found to have gone.
        told_in_time = seconds(passage["arrive_time"]) <= truck["time"] <= seconds(passage["leave_time"]) + _ROUNDING_S
    return passage["lane_id"] == truck["lane_id"] and same_plate and told_in_time


def _watch_list_spans(facts: Facts) -> dict[str, list[tuple[float, float]]]:
    """Normalised plate → when it stood on the list."""
    begun: dict[str, tuple[str, float]] = {}
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for event in facts.events.get("vehicle", []):
        entry = event.subject
        if event.kind == "watch_list.entry_added":
            begun[entry["watch_list_entry_id"]] = (entry["plate"]["normalised"], event.time)
        elif event.kind == "watch_list.entry_removed" and entry["watch_list_entry_id"] in begun:
            plate, begin = begun.pop(entry["watch_list_entry_id"])
            spans[plate].append((begin, event.time))
    for plate, begin in begun.values():
        spans[plate].append((begin, float("inf")))
    return spans


def _more_than_once(words: Iterator[str]) -> list[tuple[str, int]]:
    return [(word, count) for word, count in Counter(words).items() if word and count > 1]
