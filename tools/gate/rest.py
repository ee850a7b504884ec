"""A small client of the public door: JSON over HTTP, errors with their reason. For seeding and for tests."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

Json = dict[str, Any]

_PAUSE_S = 0.5
_NOTHING_CHANGED = {"SERVICE_UNAVAILABLE", "OVERLOADED"}


class RestError(Exception):
    """An answer that is no success. `reason` is the stable word of problem+json, empty when there is none."""

    def __init__(self, method: str, path: str, status: int, body: bytes):
        self.status = status
        try:
            self.problem: Json = json.loads(body)
        except ValueError:
            self.problem = {}
        self.reason: str = self.problem.get("reason", "")
        faults = "; ".join(f"{one['pointer']} {one['detail']}" for one in self.problem.get("errors", []))
        text = faults or self.problem.get("detail") or body[:200].decode("utf-8", "replace")
        super().__init__(f"{method} {path}: {status} {self.reason}: {text}")

    def pointers(self) -> dict[str, str]:
        """The faults of single fields: pointer → reason."""
        return {one["pointer"]: one["reason"] for one in self.problem.get("errors", [])}


class Rest:
    """Speaks to one public door as one caller."""

    def __init__(self, url: str, token: str = "", timeout_s: float = 30, patience_s: float = 0):
        """url: without a slash at the end; token: of a session, an API client or a device; empty for nobody;
        patience_s: how long a change is asked for again, under its key, while a service behind the door is away."""
        self.url = url
        self.token = token
        self._timeout_s = timeout_s
        self._patience_s = patience_s

    def get(self, path: str, **query: Any) -> Json:
        """The answer as JSON. RestError when it is no success."""
        words = {key: value for key, value in query.items() if value is not None}
        full = f"{path}?{urllib.parse.urlencode(words)}" if words else path
        return json.loads(self.send("GET", full))

    def post(self, path: str, body: Json | None = None, key: str | None = None) -> Json:
        """The answer as JSON. The same key again is the same change; None makes a new one."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
        end = time.monotonic() + self._patience_s
        while True:
            try:
                return json.loads(self.send("POST", path, json.dumps(body or {}).encode(), headers) or b"{}")
            except RestError as error:
                if error.reason not in _NOTHING_CHANGED or time.monotonic() >= end:
                    raise
            time.sleep(_PAUSE_S)

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        """The body of the answer. RestError when it is no success."""
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers or {})
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with _opener.open(request, timeout=self._timeout_s) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise RestError(method, path, error.code, error.read()) from None

    def sign_in(self, sign_in_name: str, password: str) -> "Rest":
        """A client that speaks as this person."""
        answer = self.post("/v1/sign-in", {"sign_in_name": sign_in_name, "password": password})
        return Rest(self.url, answer["session_token"], self._timeout_s, self._patience_s)

    def issue_token(self, api_client_id: str, client_secret: str) -> "Rest":
        """A client that speaks as this API client."""
        answer = self.post("/v1/tokens", {"api_client_id": api_client_id, "client_secret": client_secret})
        return Rest(self.url, answer["access_token"], self._timeout_s, self._patience_s)


# A proxy that the environment names is for the outside world, not for the loopback address.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
