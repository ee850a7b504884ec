"""A partner agency's program: fetches its messages, checks their chain, acknowledges, streams."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tests.harness.events import server_events
from tests.harness.wait import until
from tools.gate.rest import Json, Rest


class Partner:
    """One partner that holds its messages up to a sequence, as its own system would."""

    def __init__(self, client: Rest):
        self._client = client
        self.held: list[Json] = []

    @property
    def sequence(self) -> int:
        """The last message it holds."""
        return int(self.held[-1]["sequence"]) if self.held else 0

    def fetch(self) -> list[Json]:
        """Takes everything that is new; AssertionError when the order or the chain is broken."""
        new: list[Json] = []
        while True:
            page = self._client.get("/v1/messages", after_sequence=self.sequence, page_size=1000)
            for message in page["messages"]:
                self._take(message)
            new += page["messages"]
            if self.sequence == int(page["head_sequence"]):
                return new

    def wait_for(self, event_kind: str, **fields: Any) -> Json:
        """The one message of this kind with these fields of the payload, among those held and those to come."""

        def look() -> list[Json]:
            self.fetch()
            return [
                message for message in self.held
                if message["event_kind"] == event_kind
                and all(message["payload"].get(name) == value for name, value in fields.items())
            ]  # fmt: skip

        found = until(look, what=f"{event_kind} {fields} at the partner")
        assert len(found) == 1, found
        return found[0]

    def acknowledge(self) -> int:
        """Says that it holds all it has; returns what is acknowledged."""
        answer = self._client.post("/v1/messages:acknowledge", {"up_to_sequence": str(self.sequence)})
        return int(answer["acknowledged_sequence"])

    def stream(self, after_sequence: int, timeout_s: float = 30) -> Iterator[Json]:
        """Messages after a sequence as server-sent events, until the caller has had enough."""
        for event in server_events(self._client, "/v1/messages:watch", str(after_sequence), timeout_s):
            if message := event.get("message"):  # absent in a sign of life
                yield message

    def _take(self, message: Json) -> None:
        before = self.held[-1]["digest"] if self.held else ""
        assert int(message["sequence"]) == self.sequence + 1, (self.sequence, message)
        assert message["digest"] == digest(before, message), f"message {message['sequence']} breaks the chain"
        self.held.append(message)


def digest(before: str, message: Json) -> str:
    """What a message's digest must be, worked out from exchange's README alone."""
    time = message["event_time"].removesuffix("Z")
    whole, _, part = time.partition(".")
    payload = json.dumps(message["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    lines = [before, str(message["sequence"]), message["event_kind"], f"{whole}.{(part + '000')[:3]}Z",
             str(message["agreement_version"]), payload]  # fmt: skip
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
