"""Invariants 5, 6, 8 and 9 of the design: money, chains, roles, reasons."""

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.invariants.facts import Facts
from tests.invariants.sources import Row
from tools.gate.places import ROOT


def fees_balance(facts: Facts) -> Iterator[str]:
    """Invoiced = paid + owed + exempted + void, worked out from invoices, payments and ledger each for itself."""
    invoices = facts.tables["fee.invoices"]
    by_state: dict[str, int] = defaultdict(int)
    for invoice in invoices:
        by_state[invoice["state"]] += invoice["amount_dong"]
    applied = sum(row["amount_dong"] for row in facts.tables["fee.payments"] if row["state"] == "applied")
    paid = sum(row["paid_dong"] for row in invoices)
    if applied != paid:
        yield f"payments applied are {applied} dong, invoices say {paid}"
    balance: dict[str, int] = defaultdict(int)
    for move in facts.tables["fee.ledger"]:
        balance[move["debit"]] += move["amount_dong"]
        balance[move["credit"]] -= move["amount_dong"]
    suspense = sum(row["amount_dong"] for row in facts.tables["fee.payments"] if row["state"] == "suspense")
    expected = {
        "receivable": by_state["open"],
        "exempted": by_state["exempted"],
        "bank": applied + suspense,
        "suspense": -suspense,
        "revenue": -sum(by_state.values()),
    }
    for account, amount in expected.items():
        if balance[account] != amount:
            yield f"the ledger's {account} is {balance[account]} dong, invoices and payments say {amount}"


def nobody_crossed_unpaid(facts: Facts) -> Iterator[str]:
    """No lane opened by itself for a trip whose fee had not been settled or exempted before."""
    settled = {
        event.subject["trip_id"]: event.time
        for event in reversed(facts.events["fee"])  # the first one counts
        if event.kind in ("invoice.paid", "invoice.exempted")
    }
    known = facts.heard("report", "lane")  # those that were made before fee's events were read
    for opening in facts.openings():
        decision, basis = opening.subject, opening.body["basis"]
        if opening not in known or decision["decided_by"] != "lane" or not basis.get("fee_required"):
            continue
        if settled.get(decision["trip_id"], float("inf")) > opening.time:
            yield f"{decision['decision_id']} opened for {decision['trip_id']}, whose fee was not settled"


def the_journal_chain_is_whole(facts: Facts) -> Iterator[str]:
    """The lane's hash chain, worked out anew from services/lane/store/chain.h."""
    before = bytes(32)
    for expected, row in enumerate(facts.journal, 1):
        if row["sequence"] != expected:
            yield f"row {expected} of the journal is missing"
            return
        before = hashlib.sha256(before + _chained(row)).digest()
        if before != row["hash"]:
            yield f"row {expected} of the journal was altered"
            return


def message_chains_are_whole(facts: Facts) -> Iterator[str]:
    """Each partner's chain, worked out anew from exchange's README."""
    for partner in facts.tables["exchange.partners"]:
        rows = [row for row in facts.tables["exchange.messages"] if row["partner_id"] == partner["partner_id"]]
        before = ""
        for expected, row in enumerate(sorted(rows, key=lambda row: int(row["sequence"])), 1):
            if row["sequence"] != expected or row["digest"] != _message_digest(before, row):
                yield f"{partner['partner_id']}: message {expected} is missing or was altered"
                break
            before = row["digest"]
        else:
            if (partner["last_sequence"], partner["last_digest"]) != (len(rows), before):
                yield f"{partner['partner_id']}: the chain does not end where it should"


def nobody_did_what_his_role_does_not_allow(facts: Facts) -> Iterator[str]:
    """By today's roles: steps by their agency, openings and refusals by hand by the border guard."""
    roles = {row["person_id"]: set(row["roles"]) for row in facts.tables["identity.persons"]}
    for event in facts.events["customs"]:
        if not event.kind.startswith("trip.step_"):
            continue
        step = next(one for one in event.subject["steps"] if one["step_id"] == event.body["step_id"])
        if step["role"].removeprefix("ROLE_").lower() not in roles.get(event.actor, set()):
            yield f"{event.actor} has no part in {step['step_id']} of {event.subject['trip_id']}"
    for event in facts.lane_events("decision.made"):
        by = event.subject["decided_by"]
        if by != "lane" and "border_guard" not in roles.get(by, set()):
            yield f"{by} decided {event.subject['decision_id']} and is no border guard"
    for event in facts.events["vehicle"]:
        if event.kind.startswith("watch_list.") and not roles.get(event.actor, set()) & {"border_guard", "customs"}:
            yield f"{event.actor} changed the watch list"


def every_error_has_a_published_reason(facts: Facts) -> Iterator[str]:
    """In the log lines of calls that did not go well."""
    unknown: dict[str, str] = {}
    for service, lines in facts.logs.items():
        for line in lines:
            status = line.get("status", 200)
            is_error = line.get("event") == "rpc.finished" and line.get("message") != "ok" or status >= 400
            reason = line.get("reason", "")
            if is_error and reason not in published_reasons():
                unknown.setdefault(f"{service}: {line.get('method')} answered “{reason}”", "")
    for text in unknown:
        yield f"{text}, which docs/errors.md does not know"


def no_plate_stands_in_a_log(facts: Facts) -> Iterator[str]:
    plates = {event.subject["vehicle"]["plate"][form] for event in facts.events["customs"] if event.kind == "trip.declared"
              for form in ("raw", "normalised")}  # fmt: skip
    for service, lines in facts.logs.items():
        text = "\n".join(str(value) for line in lines for value in line.values())
        for plate in sorted(plates):
            if plate in text:
                yield f"{service} has logged a plate"
                break


@functools.cache
def published_reasons() -> frozenset[str]:
    return frozenset(re.findall(r'<a id="([A-Z_]+)">', (ROOT / "docs" / "errors.md").read_text("utf-8")))


def _chained(row: Row) -> bytes:
    def number(value: int) -> bytes:
        return value.to_bytes(8, "little", signed=True)

    def text(value: str | bytes) -> bytes:
        data = value.encode() if isinstance(value, str) else value
        return number(len(data)) + data

    fields = b"".join(text(row[name]) for name in ("kind", "lane_id", "actor", "trace_id"))
    return number(row["sequence"]) + fields + number(row["time_us"]) + text(row["body"]) + text(row["basis"])


def _message_digest(before: str, row: Row) -> str:
    at = datetime.fromisoformat(row["event_time"]).astimezone(UTC)
    stamp = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
    lines = [before, str(row["sequence"]), row["event_kind"], stamp, str(row["agreement_version"]), row["payload"]]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
