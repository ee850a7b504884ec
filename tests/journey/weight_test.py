# Goal: a truck that is declared empty goes through by itself when it weighs what it weighs empty, and is looked at when it does
# not. Method: a whole gate; the rule, the declaration and the unladen mass come through the public door, the weight from the
# simulated scale over Modbus.
import pytest

from tests.harness.lane import LaneDesk, codes
from tests.harness.truck import Truck
from tests.harness.wait import until

LANE = "huu-nghi-n2"
NUMBERS = iter(range(10, 99))  # of plates


@pytest.fixture
def weighing(world):
    """The import lanes weigh empty trucks, to 300 kg; afterwards nobody is weighed again."""
    put_tolerance(world, 300)
    yield
    put_tolerance(world, 0)


@pytest.fixture
def lane(world):
    return LaneDesk.at_rest(world, LANE)


@pytest.fixture
def truck(world):
    """Registered with an unladen mass of 9,000 kg."""
    return Truck(world, world.new_enterprise(), f"12C-614.{next(NUMBERS)}", direction="import")


def put_tolerance(world, kg: int) -> None:
    centre = world.as_("trungtam")
    rules = centre.get("/v1/checkpoint-rules", page_size=200)["checkpoint_rules"]
    rule = next(one for one in rules if one["checkpoint_id"] == "huu-nghi-import")
    given = {name: value for name, value in rule.items() if name not in ("version", "author", "reason", "create_time")}
    centre.post("/v1/checkpoint-rules", {**given, "weight_tolerance_kg": kg, "reason": "cân xe không tải"})


def test_an_empty_truck_goes_through_when_it_weighs_what_it_should(weighing, control, lane, truck):
    truck.make_ready(empty=True, goods=[])
    on_the_road = control.place(lane.lane_id, truck.plate, mass_kg=9150)
    control.wait(on_the_road, "truck.passed")
    passage = until(truck.passages, what="the passage in the search")[0]
    assert (passage["kind"], passage["lane_id"]) == ("automatic", lane.lane_id)
    decision = lane.look()["decision"]
    assert codes(decision) == ["ALL_CLEARED"]
    assert (decision["weight_kg"], decision["expected_weight_kg"]) == (9150, 9000)


def test_an_empty_truck_with_a_ton_aboard_is_looked_at(weighing, control, lane, truck):
    truck.make_ready(empty=True, goods=[])
    on_the_road = control.place(lane.lane_id, truck.plate, mass_kg=10_000)
    decision = lane.wait_decision("LANE_STATE_ASKING")
    assert codes(decision) == ["WEIGHT_MISMATCH"]
    assert decision["reasons"][0]["params"] == {"weight_kg": "10000", "expected_kg": "9000", "tolerance_kg": "300"}
    assert lane.look()["weight_kg"] == 10_000
    lane.refuse(session_id=decision["session_id"], reason_code="OFFICER_SUSPICION")
    control.play(lane.lane_id, "reverse")
    control.wait(on_the_road, "over")
    assert not truck.passages()


def test_a_scale_that_is_silent_asks_for_who_must_be_weighed(weighing, control, lane, truck):
    truck.make_ready(empty=True, goods=[])
    control.fault(lane.lane_id, "scale_silent")
    on_the_road = control.place(lane.lane_id, truck.plate, mass_kg=9000)
    causes = until(lambda: codes(lane.wait_decision("LANE_STATE_ASKING")), lambda found: "SCALE_SILENT" in found,
                   what="the lane says that its scale is silent")  # fmt: skip
    assert causes == ["SCALE_SILENT"]
    control.fault(lane.lane_id, "scale_silent", is_on=False)
    control.wait(on_the_road, "truck.passed")
