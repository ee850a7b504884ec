"""Server-sent events of the public door, read line by line."""

import http.client
import json
from collections.abc import Iterator

from tools.gate.rest import Json, Rest


def server_events(client: Rest, path: str, last_id: str = "", timeout_s: float = 30) -> Iterator[Json]:
    """The messages of a stream, until the caller has had enough."""
    connection = http.client.HTTPConnection(client.url.removeprefix("http://"), timeout=timeout_s)
    try:
        headers = {"Authorization": f"Bearer {client.token}"} | ({"Last-Event-ID": last_id} if last_id else {})
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        while line := answer.readline():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])
    finally:
        connection.close()
