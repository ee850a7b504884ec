"""One lane as the people at the console see it and act on it, over HTTP."""

from typing import Any

from tests.harness.truck import World
from tests.harness.wait import until
from tools.gate.rest import Json

GUARD = "bienphong"  # who may open and refuse by hand


class LaneDesk:
    """The officers' view of one lane."""

    def __init__(self, world: World, lane_id: str):
        self._world = world
        self.lane_id = lane_id

    @property
    def barrier_address(self) -> str:
        lanes = self._world.gate.layout.lanes
        return next(lane.barrier_address for lane in lanes if lane.lane_id == self.lane_id)

    def look(self) -> Json:
        lanes = self._world.as_(GUARD).get("/v1/lanes", page_size=200)["lanes"]
        found: Json = next(lane for lane in lanes if lane["lane_id"] == self.lane_id)
        return found

    @classmethod
    def at_rest(cls, world: World, lane_id: str) -> "LaneDesk":
        """The desk of a lane that decides by itself and has nobody in it."""
        desk = cls(world, lane_id)
        desk.wait_at_rest()
        return desk

    def wait_at_rest(self, mode: str = "MODE_AUTO") -> Json:
        """The lane once it is in this mode with nobody in it."""
        return until(
            self.look,
            lambda lane: lane["mode"] == mode and lane["state"] == "LANE_STATE_IDLE" and not lane["session_id"],
            what=f"{self.lane_id} at rest in {mode}",
        )

    def wait_decision(self, state: str) -> Json:
        """The decision on the vehicle before the barrier, once the lane is in this state."""
        lane = until(
            self.look,
            lambda one: one["state"] == state and one["decision"]
            and one["decision"]["session_id"] == one["session_id"],
            what=f"{self.lane_id} in {state}",
        )  # fmt: skip
        decision: Json = lane["decision"]
        return decision

    def open(self, word: str = GUARD, key: str | None = None, **body: Any) -> Json:
        """Opens by hand as this officer; returns the decision."""
        answer = self._world.as_(word).post(f"/v1/lanes/{self.lane_id}:open", body, key)
        decision: Json = answer["decision"]
        return decision

    def refuse(self, word: str = GUARD, **body: Any) -> Json:
        """Refuses by hand as this officer; returns the decision."""
        decision: Json = self._world.as_(word).post(f"/v1/lanes/{self.lane_id}:refuse", body)["decision"]
        return decision

    def passages(self) -> list[Json]:
        """Of this lane, newest first, as the search shows them."""
        found = self._world.as_("trungtam").get("/v1/passages", lane_id=self.lane_id, page_size=200)["passages"]
        passages: list[Json] = found
        return passages


def codes(decision: Json) -> list[str]:
    """The codes of its reasons."""
    return [reason["code"] for reason in decision["reasons"]]
