# Goal: seeding outlasts a service that is still starting, and asks for no change twice.
# Method: a door of our own that is away for the first answers; pauses of no length.
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools.gate import rest
from tools.gate.rest import Rest, RestError


class _Door(HTTPServer):
    def __init__(self, reasons):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reasons = list(reasons)
        self.keys = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keys.append(self.headers["Idempotency-Key"])
        reason = self.server.reasons.pop(0) if self.server.reasons else ""
        self.send_response(503 if reason else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"reason": reason} if reason else {"done": True}).encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr(rest, "_PAUSE_S", 0)
    opened = []

    def make(*reasons):
        server = _Door(reasons)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        opened.append((server, thread))
        return server, f"http://127.0.0.1:{server.server_port}"

    yield make
    for server, thread in opened:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_change_is_asked_for_again_under_its_key_while_a_service_is_away(door):
    server, url = door("SERVICE_UNAVAILABLE", "OVERLOADED")
    assert Rest(url, patience_s=60).post("/v1/yards") == {"done": True}
    assert len(server.keys) == 3 and len(set(server.keys)) == 1


def test_nobody_asks_again_who_was_not_told_to_be_patient(door):
    server, url = door("SERVICE_UNAVAILABLE")
    with pytest.raises(RestError, match="SERVICE_UNAVAILABLE"):
        Rest(url).post("/v1/yards")
    assert len(server.keys) == 1


def test_patience_is_for_what_was_not_done_and_nothing_else(door):
    server, url = door("OUTCOME_UNKNOWN")
    with pytest.raises(RestError, match="OUTCOME_UNKNOWN"):
        Rest(url, patience_s=60).post("/v1/yards")
    assert len(server.keys) == 1
