"""Waits until a program says of itself that it is ready."""

import http.client
import json
import time
from pathlib import Path

from tools.gate.keeper import Keeper
from tools.gate.problem import Problem

# A program that ended this often before it was ready will not become so.
_STARTS_MAX = 3
_ASK_AGAIN_S = 0.05


def ask(address: str, path: str = "/ready", timeout_s: float = 2.0) -> tuple[int, str]:
    """Status and body of a GET at a program's admin address; status 0 when nobody answers."""
    host, port = address.rsplit(":", 1)
    connection = http.client.HTTPConnection(host, int(port), timeout=timeout_s)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(65536).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def wait_ready(keeper: Keeper, address: str, timeout_s: float = 60.0) -> None:
    """Returns when the program answers 200 at /ready. Problem when it keeps ending, or is not ready in time."""
    name = keeper.program.name
    begin = time.monotonic()
    starts_before = keeper.status().starts
    body = ""
    while time.monotonic() - begin < timeout_s:
        status, body = ask(address)
        if status == 200:
            return
        now = keeper.status()
        if now.starts - max(starts_before, 1) >= _STARTS_MAX:
            raise Problem(
                f"{name} ended {_STARTS_MAX} times with code {now.last_exit} before it was ready: "
                f"{last_line(keeper.program.log_file)}",
                f"read {keeper.program.log_file}",
            )
        keeper.wait_for(lambda later, seen=now: later != seen, _ASK_AGAIN_S)
    raise Problem(
        f"{name} was not ready within {timeout_s:.0f} s: {_reasons(body) or last_line(keeper.program.log_file)}",
        f"read {keeper.program.log_file}",
    )


def last_line(log_file: Path) -> str:
    """The last line of a log that says something: its message when it is one of our JSON lines."""
    try:
        lines = log_file.read_text("utf-8", "replace").strip().splitlines()
    except OSError:
        return "no log"
    if not lines:
        return "the log is empty"
    try:
        entry = json.loads(lines[-1])
        return str(entry.get("message") or lines[-1])
    except (ValueError, AttributeError):
        return lines[-1][:300]


def _reasons(body: str) -> str:
    try:
        return "; ".join(f"{one['reason']} {one['text']}" for one in json.loads(body)["reasons"])
    except (ValueError, KeyError, TypeError):
        return body.strip()[:300]
