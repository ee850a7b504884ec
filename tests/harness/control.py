"""The simulator's control door: places trucks before the cameras, breaks hardware, tells what really happened."""

import http.client
import json
from pathlib import Path
from typing import Any

from tools.gate.gate import Gate
from tools.gate.rest import Json


class Control:
    """The world without hardware, as its README's “Control door” describes it. Safe for use by several threads."""

    def __init__(self, gate: Gate):
        self._address = gate.layout.control
        self._token_file = gate.folder.control_token_file

    def place(self, lane_id: str, plate: str, **manner: Any) -> str:
        """Lines a truck up before the lane; returns its truck_id."""
        return str(self._ask("POST", f"/lanes/{lane_id}/trucks", {"plate": plate, **manner})["truck_id"])

    def place_photograph(self, lane_id: str, plate: str, file: Path) -> str:
        """Lines a truck up that the camera shows as this photograph."""
        return self.place(lane_id, plate, photo_file=str(file))

    def wait(self, truck_id: str, event: str, timeout_s: float = 60) -> Json:
        """The truck once it has done this: "truck.stopped", "truck.passed", "over"."""
        path = f"/trucks/{truck_id}?wait_for={event}&timeout_ms={int(timeout_s * 1000)}"
        return self._ask("GET", path, timeout_s=timeout_s + 10)

    def truck(self, truck_id: str) -> Json:
        return self._ask("GET", f"/trucks/{truck_id}")

    def lane(self, lane_id: str) -> Json:
        return self._ask("GET", f"/lanes/{lane_id}")

    def play(self, lane_id: str, scene: str) -> None:
        """A scene: "reverse" makes the truck in front back out and leave."""
        self._ask("POST", f"/lanes/{lane_id}/scenes", {"scene": scene})

    def fault(self, lane_id: str, fault: str, is_on: bool = True) -> None:
        self._ask("POST", f"/lanes/{lane_id}/faults", {"fault": fault, "on": is_on})

    def run_traffic(self, is_running: bool) -> None:
        self._ask("POST", "/traffic", {"running": is_running})

    def actors(self) -> Json:
        return self._ask("GET", "/actors")

    def truth_counts(self) -> dict[str, int]:
        """How often each event happened."""
        counts: dict[str, int] = self._ask("GET", "/truth/counts")["counts"]
        return counts

    def passed(self, lane_id: str = "") -> list[Json]:
        """The trucks that really went through, in order."""
        found: list[Json] = self._ask("GET", f"/truth/passages?lane_id={lane_id}")["passages"]
        return found

    def _ask(self, method: str, path: str, body: Json | None = None, timeout_s: float = 10) -> Json:
        connection = http.client.HTTPConnection(self._address, timeout=timeout_s)
        try:
            token = self._token_file.read_text("utf-8").strip()
            text = json.dumps(body) if body is not None else None
            connection.request(method, path, text, {"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            found: Json = json.loads(answer.read())
            assert answer.status == 200, f"{method} {path}: {answer.status} {found}"
            return found
        finally:
            connection.close()
