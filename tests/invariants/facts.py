"""Everything that the invariants are about, taken from one gate at one moment and decoded. Checks are functions of it."""

import base64
import json
import time
from dataclasses import dataclass, field
from datetime import datetime

from tests.invariants import events
from tests.invariants.sources import APPLIED, FOLLOWS, SERVICES, Row, Sources


@dataclass(frozen=True)
class Event:
    """One event of a service."""

    sequence: int
    kind: str  # without the service: "trip.declared"
    actor: str
    time: float  # seconds of Unix time
    body: Row

    @property
    def subject(self) -> Row:
        """What it is about; empty for an event without a subject."""
        names = ("trip", "workflow", "invoice", "payment", "ticket", "decision", "passage", "watch_list_entry")
        return next((self.body[name] for name in names if self.body.get(name)), {})


@dataclass
class Facts:
    """See the module. Rows are as they stand in the tables; times of ground truth and events are seconds of Unix time."""

    truth: list[Row] = field(default_factory=list)
    truth_time: float = 0  # when the ground truth was read
    due: dict[str, int] = field(default_factory=dict)  # of each service: what everybody must have applied by then
    events: dict[str, list[Event]] = field(default_factory=dict)  # by service, in order
    journal: list[Row] = field(default_factory=list)  # the lane's, raw, for its chain
    lane: dict[str, list[Row]] = field(default_factory=dict)  # its table passages
    applied: dict[tuple[str, str], int] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)  # "report.passages" → rows
    logs: dict[str, list[Row]] = field(default_factory=dict)  # by service

    def heard(self, who: str, whom: str) -> list[Event]:
        """The events of another service that a follower had applied at that moment."""
        return self.events[whom][: self.applied.get((who, whom), 0)]

    def lane_events(self, kind: str) -> list[Event]:
        return [event for event in self.events.get("lane", []) if event.kind == kind]

    def openings(self) -> list[Event]:
        """Decisions to open."""
        return [event for event in self.lane_events("decision.made") if event.subject["outcome"] == "OUTCOME_OPEN"]

    def passages(self, heard_by: str | None = None) -> list[Row]:
        """As the lane told them; only those that a follower had applied."""
        events = self.heard(heard_by, "lane") if heard_by else self.events.get("lane", [])
        return [event.subject for event in events if event.kind == "passage.completed"]


_TABLES = {
    "identity.persons": "person_id, roles",
    "customs.crossings": "passage_id, trip_id, lane_id",
    "customs.trips": "trip_id, state",
    "fee.invoices": "invoice_id, trip_id, amount_dong, paid_dong, refund_dong, state",
    "fee.unpriced_trips": "trip_id",
    "fee.payments": "payment_id, invoice_id, amount_dong, state",
    "fee.ledger": "kind, debit, credit, amount_dong, invoice_id, payment_id",
    "yard.trips": "trip_id, is_known, state",
    "yard.tickets": "ticket_id, trip_id, state, call_count",
    "report.passages": "passage_id, lane_id, plate, trip_id, decision_id, kind",
    "report.timeline": "source, sequence, trip_id, event_kind",
    "exchange.agreements": "partner_id, version, clauses",
    "exchange.partners": "partner_id, last_sequence, last_digest",
    "exchange.messages": "partner_id, sequence, event_kind, event_time, agreement_version, payload, digest",
}


_LANE = {
    "journal": "select * from journal order by sequence",
    "passages": "select passage_id from passages",
    "applied": "select source, sequence from applied_sequences",
}
_EVENTS = (
    "select sequence, kind, actor, extract(epoch from event_time) as time, encode(body, 'base64') as body "
    "from {}.events order by sequence"
)


def collect(sources: Sources, due: dict[str, int] | None = None) -> Facts:
    """The facts of a gate, at work or at rest. What has happened since the database was read counts for nobody's fault.

    due   sequences up to which everybody must have applied everything
    """
    facts = Facts(due=due or {})
    rows = sources.select_all(
        {table: f"select {columns} from {table}" for table, columns in _TABLES.items()}
        | {f"{service}.events": _EVENTS.format(service) for service in SERVICES}
        | {"applied": APPLIED}
    )
    facts.tables = {table: rows[table] for table in _TABLES}
    for service in SERVICES:
        facts.events[service] = [_event(service, row) for row in rows[f"{service}.events"]]
    lane = sources.select_lane(_LANE)
    facts.journal = lane["journal"]
    facts.lane = {"passages": lane["passages"]}
    facts.events["lane"] = [
        Event(row["sequence"], row["kind"], row["actor"], row["time_us"] / 1e6,
              {**events.decode("lane", row["body"]), "basis": json.loads(row["basis"] or "{}")})
        for row in facts.journal
    ]  # fmt: skip
    facts.applied = {(row["name"], row["source"]): int(row["sequence"]) for row in rows["applied"]}
    facts.applied |= {("lane", row["source"]): row["sequence"] for row in lane["applied"]}
    facts.truth_time = time.time()
    facts.truth = [{**record, "time": seconds(record["time"])} for record in sources.truth()]
    for service in (*SERVICES, "lane", "camera", "gateway"):
        facts.logs[service] = sources.log(service)
    return facts


def followers() -> list[tuple[str, str]]:
    """(who follows, whom)."""
    return [(who, whom) for who, sources in FOLLOWS.items() for whom in sources]


def seconds(time: str) -> float:
    """Seconds of Unix time of an RFC 3339 text."""
    return datetime.fromisoformat(time).timestamp()


def _event(service: str, row: Row) -> Event:
    body = events.decode(service, base64.b64decode(row["body"]))
    return Event(int(row["sequence"]), row["kind"], row["actor"], float(row["time"]), body)
