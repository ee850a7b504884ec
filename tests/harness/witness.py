"""Who, beside the front plate, says which truck it is: transponders, trailers; and how such a truck's stay ends."""

import itertools
import uuid

from tests.harness.control import Control
from tests.harness.lane import LaneDesk, codes
from tests.harness.truck import Truck
from tests.harness.wait import until
from tools.gate.rest import Json

_numbers = itertools.count(100)  # of plates of trailers


def new_tag(truck: Truck) -> str:
    """Gives the vehicle a transponder through the public door; its number as the gate keeps it."""
    tag_id = f"e2801160{uuid.uuid4().hex[:16]}"
    vehicle = truck.enterprise.post(f"/v1/vehicles/{truck.vehicle_id}:setTag", {"tag_id": tag_id})["vehicle"]
    assert vehicle["tag_id"] == tag_id.upper()
    return str(vehicle["tag_id"])


def new_trailer(truck: Truck) -> str:
    """Registers a trailer of the truck's enterprise; its plate."""
    number = next(_numbers)
    plate = f"12R-61{number // 100}.{number % 100:02}"
    form = {"kind": "KIND_TRAILER", "plate": plate, "axle_count": 3, "tare_kg": 6500, "permitted_mass_kg": 38000}
    truck.enterprise.post("/v1/vehicles", form)
    return plate


def passed_by_itself(control: Control, lane: LaneDesk, truck: Truck, on_the_road: str) -> list[str]:
    """Waits until it went through without anybody's word; the reasons."""
    control.wait(on_the_road, "truck.passed")
    passage = until(truck.passages, what="the passage in the search")[0]
    assert (passage["kind"], passage["lane_id"]) == ("automatic", lane.lane_id)
    decision = lane.look()["decision"]
    assert decision["trip_id"] == truck.trip_id
    return codes(decision)


def pay_when_asked_for(lane: LaneDesk, truck: Truck, code: str) -> Json:
    """Settles the fee of a declared and cleared truck only when the lane has said `code` of it: before that nothing opens,
    however slowly this machine reads. The decision when nothing else is wrong with it any more."""
    until(lambda: lane.look().get("decision", {"reasons": []}), lambda one: code in codes(one), what=f"{code} is said")
    truck.pay()
    truck.check_in()
    truck.wait_called()
    return until(lambda: lane.wait_decision("LANE_STATE_ASKING"), lambda one: codes(one) == [code],
                 what=f"nothing is wrong but {code}")  # fmt: skip


def turn_back(control: Control, lane: LaneDesk, truck: Truck, on_the_road: str, decision: Json) -> None:
    """An officer refuses it and it leaves the way it came."""
    lane.refuse(session_id=decision["session_id"], reason_code="OFFICER_MISMATCH")
    control.play(lane.lane_id, "reverse")
    assert not control.wait(on_the_road, "over")["passed"]
    assert truck.passages() == []


def bare(plate: str) -> str:
    """As the gate keeps it."""
    return plate.replace("-", "").replace(".", "")
