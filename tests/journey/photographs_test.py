# Goal: the gate does with real photographs what it does with painted trucks.
# Method: a whole gate whose cameras show photographs; trucks are declared by the labels' plates. Left out by name where
# there are no photographs (BORDERGATE_PHOTOS, or ../shared/anpr-dev).
import pytest

from tests.harness import photographs
from tests.harness.barrier import BarrierWatch
from tests.harness.control import Control
from tests.harness.lane import LaneDesk, codes
from tests.harness.truck import Truck, World
from tests.harness.wait import until
from tests.invariants.checker import check
from tools.gate.gate import Gate

FOLDER = photographs.folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="no photographs: BORDERGATE_PHOTOS names no folder with labels.csv")


@pytest.fixture(scope="module")
def gate():
    with Gate.start(lanes=3, speed=2, traffic=False, people=False, photos=FOLDER) as one:
        yield one
        check(one)


@pytest.fixture(scope="module")
def world(gate):
    return World(gate)


@pytest.fixture(scope="module")
def control(gate):
    return Control(gate)


@pytest.fixture(scope="module")
def trucks():
    """Photographs that are read right: of Vietnam and of China, at least three each."""
    found = {country: photographs.read_right(FOLDER, country, 3) for country in ("VN", "CN")}
    assert all(len(of_country) == 3 for of_country in found.values()), found
    return found


@pytest.fixture
def lane(world):
    return LaneDesk.at_rest(world, "huu-nghi-x1")


@pytest.mark.parametrize("country", ["VN", "CN"])
def test_a_photographed_truck_that_is_read_right_passes(world, control, trucks, lane, country):
    photo = trucks[country][0]
    truck = Truck(world, world.new_enterprise(), photo.plate)
    truck.make_ready()
    truck_id = control.place_photograph(lane.lane_id, photo.plate, photo.file)
    assert control.wait(truck_id, "truck.passed")["passed"]
    passage = until(truck.passages, what="the passage in the search")[0]
    assert (passage["kind"], passage["plate"]) == ("automatic", photo.plate)
    picture = world.as_("bienphong").send("GET", f"/v1/evidence/{passage['evidence_id']}")
    assert picture.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("country", ["VN", "CN"])
def test_a_photographed_truck_that_nobody_declared_is_refused(control, trucks, lane, country):
    photo = trucks[country][1]
    with BarrierWatch(lane.barrier_address) as barrier:
        truck_id = control.place_photograph(lane.lane_id, photo.plate, photo.file)
        decision = lane.wait_decision("LANE_STATE_REFUSED")
        assert (decision["plate"], codes(decision)) == (photo.plate, ["TRIP_NOT_FOUND"])
        control.play(lane.lane_id, "reverse")
        assert not control.wait(truck_id, "over")["passed"]
        assert barrier.count("raise") == 0


@pytest.mark.parametrize("country", ["VN", "CN"])
def test_a_photographed_truck_on_the_watch_list_is_never_opened_for(world, control, trucks, lane, country):
    photo = trucks[country][2]
    truck = Truck(world, world.new_enterprise(), photo.plate)
    truck.make_ready()
    entry = {"plate": photo.plate, "cause": "CAUSE_SMUGGLING", "note": "theo dõi"}
    world.as_("haiquan").post("/v1/watch-list", entry)
    with BarrierWatch(lane.barrier_address) as barrier:
        truck_id = control.place_photograph(lane.lane_id, photo.plate, photo.file)
        decision = lane.wait_decision("LANE_STATE_ASKING")
        assert codes(decision)[0] == "WATCH_LISTED"
        control.play(lane.lane_id, "reverse")
        assert not control.wait(truck_id, "over")["passed"]
        assert barrier.count("raise") == 0
    assert truck.passages() == []
