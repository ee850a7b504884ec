# Goal: a truck goes through the gate from its registration to the partner agency's message, and one that may not pass does not.
# Method: a whole gate; people are HTTP clients, the truck is painted before the camera, the barrier is read by pymodbus.
import base64
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from tests.harness.barrier import BarrierWatch
from tests.harness.events import server_events
from tests.harness.lane import LaneDesk, codes
from tests.harness.partner import Partner
from tests.harness.truck import Truck
from tests.harness.wait import until
from tools.gate.rest import Json, RestError

PARTNER = "pingxiang-customs"
PASSAGE_FIELDS = {"passage_id", "trip_id", "plate", "lane_id", "leave_time"}


@pytest.fixture
def lane(world):
    """An export lane that decides by itself and has nobody in it."""
    return LaneDesk.at_rest(world, "huu-nghi-x1")


@pytest.fixture
def barrier(lane):
    with BarrierWatch(lane.barrier_address) as watch:
        watch.wait_for("down")
        yield watch


def leave(control, lane, truck_id) -> None:
    """The driver who was not let through backs out."""
    control.play(lane.lane_id, "reverse")
    assert not control.wait(truck_id, "over")["passed"]


def test_a_called_truck_goes_through_and_everybody_knows(gate, world, control, lane, barrier):
    truck = Truck(world, world.new_enterprise(), "12C-301.11")
    ticket = truck.make_ready()
    on_the_road = control.place(lane.lane_id, truck.plate, trip_id=truck.trip_id)

    # What the barrier's own coils and switches show, read by another Modbus library than ours.
    at_loop = barrier.wait_for("arming_loop", timeout_s=60)
    up = barrier.wait_for("up")
    control.wait(on_the_road, "truck.passed")
    down = barrier.wait_for("down")
    assert at_loop.seconds < up.seconds < down.seconds
    assert barrier.count("raise") == 1
    assert not [sight for sight in barrier.sights() if sight.coils["lower"] and sight.inputs["safety_loop"]]

    passage = until(truck.passages, what="the passage in the search")[0]
    assert len(truck.passages()) == 1
    assert (passage["kind"], passage["lane_id"], passage["plate"]) == ("automatic", lane.lane_id, "12C30111")
    assert world.as_("trungtam").get("/v1/passages", plate="301.11")["passages"] == [passage]
    picture = world.as_("bienphong").send("GET", f"/v1/evidence/{passage['evidence_id']}")
    assert picture.startswith(b"\xff\xd8\xff"), "the evidence is a JPEG"
    until(truck.trip, lambda trip: trip["state"] == "STATE_CROSSED", what="the trip has crossed")
    until(lambda: truck.enterprise.get(f"/v1/tickets/{ticket['ticket_id']}")["ticket"],
          lambda one: one["state"] == "STATE_PASSED", what="the ticket is used")  # fmt: skip
    until(lambda: truck.enterprise.get(f"/v1/trips/{truck.trip_id}/timeline")["entries"],
          lambda entries: {"customs.trip.declared", "fee.invoice.paid", "lane.passage.completed"}
          <= {entry["event_kind"] for entry in entries}, what="the timeline tells it")  # fmt: skip

    message = Partner(gate.rest(PARTNER)).wait_for("lane.passage.completed", trip_id=truck.trip_id)
    assert set(message["payload"]) == PASSAGE_FIELDS
    assert message["payload"]["passage_id"] == passage["passage_id"]
    assert message["payload"]["leave_time"] == passage["leave_time"]


def test_a_partner_gets_the_agreed_fields_in_order_and_goes_on_after_being_away(gate, world):
    first = Truck(world, world.new_enterprise(), "12C-302.22")
    first.declare()
    first.clear()
    partner = Partner(gate.rest(PARTNER))
    cleared = partner.wait_for("customs.trip.cleared", trip_id=first.trip_id)
    assert cleared["payload"] == {
        "trip_id": first.trip_id,
        "vehicle": {"plate": {"raw": "12C-302.22", "normalised": "12C30222", "country_code": "VN"}},
        "direction": "DIRECTION_EXPORT",
        "goods": [{"hs_code": "08106000", "gross_mass_kg": "16200"}],
    }
    assert {message["event_kind"] for message in partner.held} <= {"customs.trip.cleared", "lane.passage.completed"}
    assert partner.acknowledge() == partner.sequence
    assert partner.fetch() == []

    # Away: another session of its, that remembers only where it was.
    second = Truck(world, world.new_enterprise(), "12C-303.33")
    second.declare()
    second.clear()
    again = Partner(gate.rest(PARTNER))
    new = next(again.stream(partner.sequence))
    assert (int(new["sequence"]), new["payload"]["trip_id"]) == (partner.sequence + 1, second.trip_id)
    assert partner.fetch() == [new]


def test_only_the_partner_reads_its_messages(world):
    for word in ("haiquan", "trungtam"):
        with pytest.raises(RestError) as refused:
            world.as_(word).get("/v1/messages")
        assert (refused.value.status, refused.value.reason) == (403, "ROLE_MISSING")


def test_an_undeclared_truck_is_refused_with_the_reason(control, lane, barrier):
    truck_id = control.place(lane.lane_id, "29H-404.44")
    decision = lane.wait_decision("LANE_STATE_REFUSED")
    assert (decision["outcome"], codes(decision)) == ("OUTCOME_REFUSE", ["TRIP_NOT_FOUND"])
    assert decision["plate"] == "29H40444"
    leave(control, lane, truck_id)
    assert barrier.count("raise") == 0


def test_a_truck_that_has_not_paid_is_refused_with_the_reason(world, control, lane, barrier):
    truck = Truck(world, world.new_enterprise(), "14C-505.55")
    truck.declare()
    truck.clear()
    truck.check_in()
    truck_id = control.place(lane.lane_id, truck.plate)
    decision = lane.wait_decision("LANE_STATE_REFUSED")
    assert set(codes(decision)) == {"FEE_NOT_SETTLED", "NOT_CALLED"}
    assert decision["trip_id"] == truck.trip_id
    leave(control, lane, truck_id)
    assert barrier.count("raise") == 0


def test_a_watch_listed_truck_is_never_opened_for(world, control, lane, barrier):
    truck = Truck(world, world.new_enterprise(), "15C-606.66")
    truck.make_ready()
    guard = world.as_("bienphong")
    guard.post("/v1/watch-list", {"plate": truck.plate, "cause": "CAUSE_STOLEN", "note": "xe báo mất cắp"})
    truck_id = control.place(lane.lane_id, truck.plate)
    decision = lane.wait_decision("LANE_STATE_ASKING")
    assert decision["outcome"] == "OUTCOME_ASK"
    assert codes(decision)[0] == "WATCH_LISTED"

    # Nor by an officer who was not shown why.
    with pytest.raises(RestError) as refused:
        lane.open(reason_code="OFFICER_IDENTIFIED", session_id=decision["session_id"])
    assert refused.value.reason == "WATCH_LISTED"
    by_hand = lane.refuse(reason_code="OFFICER_SUSPICION", session_id=decision["session_id"])
    assert by_hand["outcome"] == "OUTCOME_REFUSE"
    leave(control, lane, truck_id)
    assert barrier.count("raise") == 0
    assert truck.passages() == []


def test_an_officer_opens_by_hand_with_a_reason(world, control, lane, barrier):
    truck_id = control.place(lane.lane_id, "98C-707.77")
    session_id = lane.wait_decision("LANE_STATE_REFUSED")["session_id"]
    with pytest.raises(RestError) as refused:
        lane.open("haiquan", reason_code="OFFICER_PAPERS", session_id=session_id)
    assert (refused.value.status, refused.value.reason) == (403, "ROLE_MISSING")
    with pytest.raises(RestError) as refused:
        lane.open(session_id=session_id)
    assert "/reason_code" in refused.value.pointers()
    assert barrier.count("raise") == 0

    decision = lane.open(reason_code="OFFICER_PAPERS", session_id=session_id, remark="giấy tờ hợp lệ")
    assert decision["outcome"] == "OUTCOME_OPEN"
    assert codes(decision)[0] == "OFFICER_PAPERS"
    assert decision["decided_by_name"] == "Nguyễn Văn Biên"
    control.wait(truck_id, "truck.passed")
    barrier.wait_for("down")
    passage = until(lane.passages, lambda found: found and found[0]["decision_id"] == decision["decision_id"],
                    what="the passage by hand")[0]  # fmt: skip
    assert (passage["kind"], passage["plate"], passage["trip_id"]) == ("manual", "98C70777", "")
    assert barrier.count("raise") == 1


def test_an_officer_refuses_by_hand_with_a_reason(control, lane, barrier):
    truck_id = control.place(lane.lane_id, "19C-808.88")
    session_id = lane.wait_decision("LANE_STATE_REFUSED")["session_id"]
    with pytest.raises(RestError) as refused:
        lane.refuse("trungtam", reason_code="OFFICER_PAPERS_MISSING", session_id=session_id)
    assert (refused.value.status, refused.value.reason) == (403, "ROLE_MISSING")
    decision = lane.refuse(reason_code="OFFICER_PAPERS_MISSING", session_id=session_id)
    assert (decision["outcome"], codes(decision)) == ("OUTCOME_REFUSE", ["OFFICER_PAPERS_MISSING"])
    leave(control, lane, truck_id)
    assert barrier.count("raise") == 0


def test_officers_see_the_camera_of_a_lane_live_and_others_do_not(gate, world, lane):
    path = f"/v1/cameras/{lane.lane_id}-front/live"
    begin = time.monotonic()
    pictures = list(islice((one for one in server_events(world.as_("bienphong"), path) if one["jpeg"]), 4))
    assert time.monotonic() - begin > 1.4, "at most two a second"
    assert all(base64.b64decode(one["jpeg"]).startswith(b"\xff\xd8\xff") for one in pictures)
    times = [one["frame_time"] for one in pictures]
    assert times == sorted(set(times)), "each newer than the one before"
    for word in ("kiemdich", "baixe"):
        with pytest.raises(RestError) as refused:
            world.as_(word).get(path)
        assert (refused.value.status, refused.value.reason) == (403, "ROLE_MISSING")
    with pytest.raises(RestError) as refused:
        gate.rest().get(path)
    assert (refused.value.status, refused.value.reason) == (401, "UNAUTHENTICATED")


def test_one_decision_opens_once(control, lane, barrier):
    truck_id = control.place(lane.lane_id, "20C-909.99")
    session_id = lane.wait_decision("LANE_STATE_REFUSED")["session_id"]
    order = {"reason_code": "OFFICER_ORDER", "session_id": session_id}

    def give(key: str) -> Json | str:
        """The decision, or why not."""
        try:
            return lane.open(key=key, **order)
        except RestError as error:
            return error.reason

    keys = [f"opening-{number}" for number in range(4)]
    with ThreadPoolExecutor(len(keys)) as officers:  # all at the same moment
        answers = dict(zip(keys, officers.map(give, keys)))
    opened = {key: answer for key, answer in answers.items() if not isinstance(answer, str)}
    assert len(opened) == 1, answers
    assert {answer for answer in answers.values() if isinstance(answer, str)} == {"LANE_BUSY"}
    ((key, decision),) = opened.items()
    assert give(key) == decision, "the same request again is the same opening"

    control.wait(truck_id, "truck.passed")
    barrier.wait_for("down")
    assert give("an-opening-too-late") == "SESSION_OVER"
    assert barrier.count("raise") == 1
