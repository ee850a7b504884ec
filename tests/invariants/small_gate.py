"""The facts of a very small gate at which one truck went through as it should: a ground for planting violations."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from tests.invariants.facts import Event, Facts, followers
from tests.invariants.record_checks import _chained, _message_digest
from tests.invariants.sources import SERVICES, Row

LANE, TRIP, TICKET, PLATE = "huu-nghi-x1", "trip_1", "ticket_1", "12C30111"
GUARD = "person_guard"
_T0 = 1_790_000_000.0  # when the truck was declared


def stamp(after_s: float) -> str:
    """RFC 3339 of a moment after the declaration."""
    return datetime.fromtimestamp(_T0 + after_s, UTC).isoformat().replace("+00:00", "Z")


def moment(after_s: float) -> float:
    return _T0 + after_s


def decision(**changes: Any) -> Row:
    """That opened for the truck."""
    return {"decision_id": "decision_1", "lane_id": LANE, "outcome": "OUTCOME_OPEN", "plate": PLATE, "trip_id": TRIP,
            "ticket_id": TICKET, "decided_by": "lane", "decide_time": stamp(100), "expire_time": stamp(115), **changes}  # fmt: skip


def passage(**changes: Any) -> Row:
    return {"passage_id": "passage_1", "lane_id": LANE, "kind": "KIND_AUTOMATIC", "decision_id": "decision_1",
            "trip_id": TRIP, "ticket_id": TICKET, "plate": PLATE, "leave_time": stamp(110), "remarks": [], **changes}  # fmt: skip


def record(event: str, after_s: float, **changes: Any) -> Row:
    """A line of the ground truth."""
    return {"event": event, "time": moment(after_s), "lane_id": LANE, "truck_id": "truck_1", "plate": PLATE, **changes}


def told(facts: Facts, service: str, kind: str, after_s: float, actor: str = "lane", **body: Any) -> None:
    """One more event of a service; everybody applies it."""
    events = facts.events[service]
    events.append(Event(len(events) + 1, kind, actor, moment(after_s), body))
    facts.due[service] = len(events)
    for who, whom in followers():
        if whom == service:
            facts.applied[(who, whom)] = len(events)


def small_gate() -> Facts:
    facts = Facts(truth_time=moment(1000), events={name: [] for name in (*SERVICES, "lane")})
    trip = {"trip_id": TRIP, "vehicle": {"plate": {"raw": "12C-301.11", "normalised": PLATE}},
            "steps": [{"step_id": "border_guard", "role": "ROLE_BORDER_GUARD"}]}  # fmt: skip
    told(facts, "customs", "trip.declared", 0, "person_firm", trip=trip)
    told(facts, "fee", "invoice.issued", 1, "service:customs", invoice={"trip_id": TRIP})
    told(facts, "customs", "trip.step_confirmed", 2, GUARD, trip=trip, step_id="border_guard")
    told(facts, "fee", "invoice.paid", 3, "bank", invoice={"trip_id": TRIP})
    told(facts, "yard", "ticket.called", 4, "service:yard", ticket={"trip_id": TRIP, "ticket_id": TICKET})
    told(facts, "lane", "decision.made", 100, decision=decision(), basis={"mode": "AUTO", "watched": [], "fee_required": True})
    told(facts, "lane", "passage.completed", 110, passage=passage())
    told(facts, "customs", "trip.crossed", 111, "service:lane", trip=trip)
    facts.truth = [
        record("arm.raise_pulse", 100.1), record("arm.left_bottom", 100.1), record("truck.passed", 109.9),
    ]  # fmt: skip
    facts.lane["passages"] = [{"passage_id": "passage_1"}]
    facts.journal = _journal()
    facts.tables = _tables(facts)
    facts.logs = {"customs": [{"event": "rpc.finished", "message": "refused", "method": "GetTrip", "reason": "TRIP_NOT_FOUND"}]}
    return facts


def _journal() -> list[Row]:
    rows: list[Row] = []
    before = bytes(32)
    for sequence in (1, 2):
        row: Row = {"sequence": sequence, "kind": "decision.made", "lane_id": LANE, "actor": "lane", "trace_id": "",
                    "time_us": 1, "body": b"body", "basis": "{}"}  # fmt: skip
        before = row["hash"] = hashlib.sha256(before + _chained(row)).digest()
        rows.append(row)
    return rows


def _tables(facts: Facts) -> dict[str, list[Row]]:
    messages: list[Row] = []
    before = ""
    agreed = {"lane.passage.completed"}
    for event in facts.events["lane"]:
        if f"lane.{event.kind}" in agreed:
            row: Row = {"partner_id": "neighbour", "sequence": len(messages) + 1, "event_kind": f"lane.{event.kind}",
                        "event_time": stamp(110), "agreement_version": 1, "payload": json.dumps({"trip_id": TRIP})}  # fmt: skip
            before = row["digest"] = _message_digest(before, row)
            messages.append(row)
    ledger = [{"debit": "receivable", "credit": "revenue", "amount_dong": 1500},
              {"debit": "bank", "credit": "receivable", "amount_dong": 1500}]  # fmt: skip
    timeline = [
        {"source": service, "sequence": event.sequence, "trip_id": TRIP, "event_kind": f"{service}.{event.kind}"}
        for service in ("customs", "fee", "yard", "lane")
        for event in facts.events[service]
    ]
    return {
        "identity.persons": [{"person_id": GUARD, "roles": ["border_guard"]}, {"person_id": "person_customs", "roles": ["customs"]}],
        "customs.crossings": [{"passage_id": "passage_1", "trip_id": TRIP, "lane_id": LANE}],
        "fee.invoices": [{"trip_id": TRIP, "amount_dong": 1500, "paid_dong": 1500, "refund_dong": 0, "state": "paid"}],
        "fee.unpriced_trips": [],
        "fee.payments": [{"amount_dong": 1500, "state": "applied"}],
        "fee.ledger": ledger,
        "yard.trips": [{"trip_id": TRIP, "is_known": True}],
        "yard.tickets": [{"ticket_id": TICKET, "trip_id": TRIP, "state": "passed", "call_count": 1}],
        "report.passages": [{"passage_id": "passage_1", "lane_id": LANE, "plate": PLATE, "trip_id": TRIP,
                             "decision_id": "decision_1", "kind": "automatic"}],
        "report.timeline": timeline,
        "exchange.agreements": [{"partner_id": "neighbour", "version": 1, "clauses": [{"event_kind": kind} for kind in agreed]}],
        "exchange.partners": [{"partner_id": "neighbour", "last_sequence": len(messages), "last_digest": before}],
        "exchange.messages": messages,
    }  # fmt: skip
