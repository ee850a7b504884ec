"""Invariant 7 of the design: every event is applied exactly once and in order by everybody who follows it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tests.invariants.facts import Event, Facts, followers


def sequences_have_no_gaps(facts: Facts) -> Iterator[str]:
    for service, events in facts.events.items():
        for expected, event in enumerate(events, 1):
            if event.sequence != expected:
                yield f"{service}: event {expected} is missing or stands twice"
                break


def everybody_is_caught_up(facts: Facts) -> Iterator[str]:
    """Has applied what it had to have applied by now."""
    for who, whom in followers():
        applied = facts.applied.get((who, whom), 0)
        if applied < facts.due.get(whom, 0):
            yield f"{who} has applied {applied} of {facts.due[whom]} events of {whom}"


def the_timeline_has_every_event_of_a_trip_once(facts: Facts) -> Iterator[str]:
    expected = {
        (service, event.sequence, trip_id, f"{service}.{event.kind}")
        for service in ("customs", "fee", "yard", "lane")
        for event in facts.heard("report", service)
        if (trip_id := _trip_of(event))
    }
    found = [(row["source"], row["sequence"], row["trip_id"], row["event_kind"])
             for row in facts.tables["report.timeline"]]  # fmt: skip
    yield from _difference("the timeline", expected, found)


def passages_are_the_same_everywhere(facts: Facts) -> Iterator[str]:
    """In the lane's table, in the search and among customs' crossings."""
    told = {passage["passage_id"] for passage in facts.passages()}
    yield from _difference("the lane's table", told, [row["passage_id"] for row in facts.lane["passages"]])
    search = [(row["passage_id"], row["lane_id"], row["plate"], row["trip_id"], row["decision_id"], row["kind"])
              for row in facts.tables["report.passages"]]  # fmt: skip
    expected = {
        (one["passage_id"], one["lane_id"], one["plate"], one["trip_id"], one["decision_id"],
         one["kind"].removeprefix("KIND_").lower())
        for one in facts.passages(heard_by="report")
    }  # fmt: skip
    yield from _difference("the search", expected, search)
    crossings = [row["passage_id"] for row in facts.tables["customs.crossings"]]
    of_trips = {one["passage_id"] for one in facts.passages(heard_by="customs") if one["trip_id"]}
    yield from _difference("customs", of_trips, crossings)


def a_trip_crosses_once(facts: Facts) -> Iterator[str]:
    crossed = Counter(event.subject["trip_id"] for event in facts.events["customs"] if event.kind == "trip.crossed")
    for trip_id, count in crossed.items():
        if count > 1:
            yield f"customs told {count} times that {trip_id} has crossed"
    passed = {passage["trip_id"] for passage in facts.passages(heard_by="customs") if passage["trip_id"]}
    yield from _difference("trips that have crossed", passed, crossed.keys())


def every_declared_trip_is_charged_once_and_known_to_the_yard(facts: Facts) -> Iterator[str]:
    declared = _trips(facts.heard("fee", "customs"), "trip.declared")
    cancelled = _trips(facts.heard("fee", "customs"), "trip.cancelled")
    invoiced = [row["trip_id"] for row in facts.tables["fee.invoices"]]
    unpriced = [row["trip_id"] for row in facts.tables["fee.unpriced_trips"]]
    charged = invoiced + unpriced
    for trip_id in sorted(declared - cancelled - set(charged)):
        yield f"{trip_id} was declared and never charged"
    for trip_id, count in Counter(charged).items():
        if count > 1 or trip_id not in declared:
            yield f"{trip_id} is charged {count} times"
    known = [row["trip_id"] for row in facts.tables["yard.trips"] if row["is_known"]]
    yield from _difference("the yard", _trips(facts.heard("yard", "customs"), "trip.declared"), known)


def a_partner_has_every_agreed_event_once_in_order(facts: Facts) -> Iterator[str]:
    """For partners whose agreement has one version: exactly the agreed kinds, source by source in the source's order."""
    agreements = facts.tables["exchange.agreements"]
    for partner_id, versions in Counter(row["partner_id"] for row in agreements).items():
        if versions > 1:
            continue
        clauses = next(row["clauses"] for row in agreements if row["partner_id"] == partner_id)
        kinds = {clause["event_kind"] for clause in clauses}
        messages = [row for row in facts.tables["exchange.messages"] if row["partner_id"] == partner_id]
        messages.sort(key=lambda row: int(row["sequence"]))
        for service in {kind.split(".")[0] for kind in kinds}:
            expected = [(f"{service}.{event.kind}", _trip_of(event)) for event in facts.heard("exchange", service)
                        if f"{service}.{event.kind}" in kinds]  # fmt: skip
            found = [(row["event_kind"], json.loads(row["payload"]).get("trip_id", ""))
                     for row in messages if row["event_kind"].split(".")[0] == service]  # fmt: skip
            if found != expected:
                yield f"{partner_id} has {len(found)} messages of {service}, not the {len(expected)} events in their order"


def _trips(events: list[Event], kind: str) -> set[str]:
    return {event.subject["trip_id"] for event in events if event.kind == kind}


def _trip_of(event: Event) -> str:
    """The trip an event names; empty when none, and for those that the timeline leaves out."""
    if event.kind.split(".")[0] in ("trip", "invoice", "ticket", "decision", "passage"):
        return str(event.subject.get("trip_id", ""))
    return ""


def _difference(where: str, expected: set[Any], found: Iterable[Any]) -> Iterator[str]:
    """What is missing, too much or doubled among the found."""
    counts = Counter(found)
    for one in sorted(expected - set(counts)):
        yield f"{where}: {one} is missing"
    for one, count in counts.items():
        if one not in expected:
            yield f"{where}: {one} should not be there"
        elif count > 1:
            yield f"{where}: {one} stands {count} times"
