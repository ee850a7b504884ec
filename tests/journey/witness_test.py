# Goal: a truck whose front plate is smeared goes through by itself when its rear, its trailer or its transponder says who it
# is, and is looked at when they say somebody else. Method: a whole gate; vehicles,
# transponders and trips come through the public door, rears from the simulated camera behind, transponders from the simulated
# reader over HTTP.
import pytest

from tests.harness.lane import LaneDesk, codes
from tests.harness.truck import Truck
from tests.harness.wait import until
from tests.harness.witness import bare, new_tag, new_trailer, passed_by_itself, pay_when_asked_for, turn_back
from tools.gate.rest import Json, RestError

LANE = "huu-nghi-x1"
NUMBERS = iter(range(70, 99))  # of plates of other trucks


@pytest.fixture
def lane(world):
    """An export lane with a camera behind that decides by itself and has nobody in it."""
    return LaneDesk.at_rest(world, LANE)


@pytest.fixture
def truck(world, request):
    """With a Chinese plate: these have one length, so the text that is read without a smeared digit differs from it in that
    digit. Which digit is under the mud and which one is read does not matter; no frame is sure of it."""
    return Truck(world, world.new_enterprise(), f"桂F615{request.param}")


def with_plate(number: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("truck", [number], indirect=True)


def told_of_the_transponder(lane: LaneDesk) -> tuple[Json, set[str]]:
    """Waits until the officer is told; the decision and the plates that are named with it. TAG_HEARD when no frame gave a plate,
    TAG_MISMATCH when one did, however unsure: of lettering under mud a frame now and then makes some text."""
    decision = until(lambda: lane.wait_decision("LANE_STATE_ASKING"),
                     lambda one: {"TAG_MISMATCH", "TAG_HEARD"} & set(codes(one)), what="the officer is told")  # fmt: skip
    told = next(reason for reason in decision["reasons"] if reason["code"].startswith("TAG_"))
    return decision, set(told["params"].values())


@with_plate(60)
def test_a_smeared_truck_goes_through_when_its_transponder_says_who_it_is(control, lane, truck):
    tag_id = new_tag(truck)
    truck.make_ready()
    on_the_road = control.place(
        lane.lane_id, truck.plate, smeared=True, rear_muddy=True, tag_id=tag_id
    )
    assert "CONFIRMED_BY_TAG" in passed_by_itself(control, lane, truck, on_the_road)


@with_plate(66)
def test_a_smeared_truck_goes_through_when_its_rear_says_who_it_is(control, lane, truck):
    truck.make_ready()
    on_the_road = control.place(lane.lane_id, truck.plate, smeared=True)
    assert "CONFIRMED_BY_REAR" in passed_by_itself(control, lane, truck, on_the_road)


@with_plate(62)
def test_a_truck_covered_with_mud_is_asked_whatever_its_transponder_says(control, lane, truck):
    tag_id = new_tag(truck)
    truck.make_ready()
    on_the_road = control.place(lane.lane_id, truck.plate, muddy=True, rear_muddy=True, tag_id=tag_id)
    decision, told = told_of_the_transponder(lane)
    assert bare(truck.plate) in told
    turn_back(control, lane, truck, on_the_road, decision)


@with_plate(63)
def test_a_smeared_truck_goes_through_when_its_trailer_says_who_it_is(control, lane, truck):
    trailer = new_trailer(truck)
    truck.make_ready(trailer_plate=trailer, container_number="CSQU3054383", seal_numbers=["LS6150001"])
    on_the_road = control.place(
        lane.lane_id, truck.plate, smeared=True, length_m=16.5, trailer_plate=trailer
    )
    assert "CONFIRMED_BY_TRAILER" in passed_by_itself(control, lane, truck, on_the_road)


@with_plate(65)
def test_a_smeared_truck_with_another_trailer_than_declared_is_asked(control, lane, truck):
    declared, other = new_trailer(truck), new_trailer(truck)
    truck.make_ready(trailer_plate=declared, container_number="CSQU3054383", seal_numbers=["LS6150001"])
    on_the_road = control.place(
        lane.lane_id, truck.plate, smeared=True, length_m=16.5, trailer_plate=other
    )
    decision = lane.wait_decision("LANE_STATE_ASKING")
    assert "READ_UNSURE" in codes(decision)
    turn_back(control, lane, truck, on_the_road, decision)


@with_plate(69)
def test_a_clean_truck_with_another_trailer_than_declared_is_asked_with_both_plates_shown(control, lane, truck):
    declared, other = new_trailer(truck), new_trailer(truck)
    truck.declare(trailer_plate=declared, container_number="CSQU3054383", seal_numbers=["LS6150001"])
    truck.clear()
    on_the_road = control.place(lane.lane_id, truck.plate, length_m=16.5, trailer_plate=other)
    decision = pay_when_asked_for(lane, truck, "TRAILER_MISMATCH")
    assert decision["reasons"][0]["params"] == {"expected": bare(declared), "seen": bare(other)}
    turn_back(control, lane, truck, on_the_road, decision)


@with_plate(68)
def test_a_smeared_truck_with_another_trucks_transponder_is_asked_and_the_officer_is_told_whose_it_is(
    world, control, lane, truck
):
    owner = Truck(world, world.new_enterprise(), f"29C-123.{next(NUMBERS)}")
    tag_id = new_tag(owner)
    with pytest.raises(RestError) as refused:
        truck.enterprise.post(f"/v1/vehicles/{truck.vehicle_id}:setTag", {"tag_id": tag_id})
    assert (refused.value.status, refused.value.reason) == (409, "TAG_TAKEN")
    truck.make_ready()
    on_the_road = control.place(
        lane.lane_id, truck.plate, smeared=True, rear_muddy=True, tag_id=tag_id
    )
    decision, told = told_of_the_transponder(lane)
    assert bare(owner.plate) in told
    turn_back(control, lane, truck, on_the_road, decision)
