# Goal: the number on a container's doors is held against the declaration: the declared one passes, another one is looked
# at, and the declared one says who a smeared truck is. Method: a whole gate; the doors are painted by the simulated camera
# behind the lane, and the camera service reads them.
import pytest

from tests.harness.lane import LaneDesk
from tests.harness.truck import Truck
from tests.harness.witness import new_trailer, passed_by_itself, pay_when_asked_for, turn_back

LANE = "huu-nghi-x2"  # a camera looks at doors there, none at plates behind
LONG = 16.5  # metres: a tractor and its trailer


@pytest.fixture
def lane(world):
    return LaneDesk.at_rest(world, LANE)


@pytest.fixture
def truck(world, request):
    """With a Chinese plate: smeared, it is never read surely (witness_test.py)."""
    return Truck(world, world.new_enterprise(), f"桂F617{request.param}")


def with_plate(number: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("truck", [number], indirect=True)


def load_of(truck: Truck, container: str) -> dict:
    """What a declaration says of trailer, container and seal."""
    return {"trailer_plate": new_trailer(truck), "container_number": container, "seal_numbers": ["LS6170001"]}


@pytest.mark.parametrize(("truck", "two_line"), [(60, True), (61, False)], indirect=["truck"])
def test_a_truck_with_the_declared_container_goes_through_and_nothing_is_said(control, lane, truck, two_line):
    container = "TGHU7000015" if two_line else "CSNU6143204"
    load = load_of(truck, container)
    truck.make_ready(**load)
    on_the_road = control.place(
        lane.lane_id, truck.plate, length_m=LONG, trailer_plate=load["trailer_plate"],
        container_number=container, container_two_line=two_line, paint=7,
    )  # fmt: skip
    assert passed_by_itself(control, lane, truck, on_the_road) == ["ALL_CLEARED"]


@with_plate(62)
def test_a_truck_with_another_container_is_asked_with_both_numbers_shown(control, lane, truck):
    declared, other = "MSKU1234565", "TEMU4711023"
    load = load_of(truck, declared)
    truck.declare(**load)
    truck.clear()
    on_the_road = control.place(
        lane.lane_id, truck.plate, length_m=LONG, trailer_plate=load["trailer_plate"], container_number=other, paint=7
    )
    decision = pay_when_asked_for(lane, truck, "CONTAINER_MISMATCH")
    assert decision["reasons"][0]["params"] == {"expected": declared, "seen": other}
    turn_back(control, lane, truck, on_the_road, decision)


@with_plate(65)
def test_a_smeared_truck_goes_through_when_its_container_says_who_it_is(control, lane, truck):
    container = "TCLU4265773"
    load = load_of(truck, container)
    truck.make_ready(**load)
    on_the_road = control.place(
        lane.lane_id, truck.plate, smeared=True, length_m=LONG, trailer_plate=load["trailer_plate"],
        container_number=container, paint=14,
    )  # fmt: skip
    assert "CONFIRMED_BY_CONTAINER" in passed_by_itself(control, lane, truck, on_the_road)
