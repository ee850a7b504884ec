# Goal: whatever is refused is refused with its reason, and nothing is written.
# Method: wrong requests at the public door of a whole gate; a digest of every table of every service before and after.
import json
from contextlib import contextmanager

import pytest

from tests.harness import bank
from tests.harness.lane import LaneDesk
from tests.harness.truck import Truck
from tests.harness.written import everything
from tests.invariants.sources import Sources
from tools.gate.rest import Rest, RestError


@pytest.fixture(scope="module")
def refused(gate):
    """A block that must be refused like this and leave no trace."""
    sources = Sources.of(gate)

    @contextmanager
    def check(status: int, reason: str):
        before = everything(sources)
        with pytest.raises(RestError) as raised:
            yield raised
        assert (raised.value.status, raised.value.reason) == (status, reason), str(raised.value)
        assert everything(sources) == before

    return check


@pytest.fixture(scope="module")
def truck(world):
    """Declared, and everybody who acts below has signed in."""
    one = Truck(world, world.new_enterprise(), "12C-202.01")
    one.declare()
    one.invoice()  # what follows from the declaration has arrived
    for word in ("bienphong", "haiquan", "yte", "baixe", "trungtam", "quantri"):
        world.as_(word)
    return one


@pytest.fixture(scope="module")
def form(truck):
    """A declaration without faults, the same at each use."""
    return truck.declaration()


def test_nobody_declares_nothing(gate, refused, form):
    with refused(401, "UNAUTHENTICATED"):
        gate.rest().post("/v1/trips", form)


def test_a_role_that_may_not_is_refused(refused, world, form):
    with refused(403, "ROLE_MISSING"):
        world.as_("yte").post("/v1/watch-list", {"plate": "12C-999.99", "cause": "CAUSE_ORDER", "note": "thử"})
    with refused(403, "ROLE_MISSING"):
        world.as_("haiquan").post("/v1/trips", form)
    with refused(403, "ROLE_MISSING"):
        world.as_("quantri").post("/v1/tariffs", {"gate_id": "huu-nghi", "reason": "tôi là quản trị"})


def test_a_partner_agency_reads_its_messages_and_nothing_else(gate, refused):
    partner = gate.rest("pingxiang-customs")
    for path in ("/v1/passages", "/v1/trips", "/v1/lanes", "/v1/watch-list"):
        with refused(403, "ROLE_MISSING"):
            partner.get(path)


def test_an_enterprise_has_no_officers_role(refused, truck):
    with refused(403, "ROLE_MISSING"):
        truck.enterprise.post("/v1/lanes/huu-nghi-x1:open", {"reason_code": "OFFICER_PAPERS", "plate": truck.plate})
    with refused(403, "ROLE_MISSING"):
        truck.enterprise.post(f"/v1/trips/{truck.trip_id}/steps/customs:confirm")


def test_nobody_confirms_another_agencys_step(refused, world, truck):
    with refused(403, "STEP_NOT_YOURS"):
        world.as_("yte").post(f"/v1/trips/{truck.trip_id}/steps/border_guard:confirm")


def test_another_enterprises_trip_looks_as_if_there_were_none(refused, world, truck):
    other = world.new_enterprise()
    with refused(404, "TRIP_NOT_FOUND"):
        other.get(f"/v1/trips/{truck.trip_id}")
    with refused(404, "TRIP_NOT_FOUND"):
        other.post(f"/v1/trips/{truck.trip_id}:cancel", {"reason": "không phải của tôi"})
    with refused(404, "TRIP_NOT_FOUND"):
        other.get(f"/v1/trips/{truck.trip_id}/timeline")
    assert other.get("/v1/trips")["trips"] == []


def test_every_fault_of_a_form_is_named_at_once(refused, truck, form):
    goods = [{**form["goods"][0], "hs_code": "99x", "net_mass_kg": "99999"}]
    with refused(400, "INVALID_FIELD") as raised:
        truck.enterprise.post("/v1/trips", {**form, "plate": "12C", "goods": goods, "declaration_number": "7"})
    found = raised.value.pointers()
    assert found["/plate"] == "PLATE_INVALID"
    assert found["/goods/0/hs_code"] == "HS_CODE_INVALID"
    assert {"/goods/0/net_mass_kg", "/declaration_number"} <= set(found)


def test_an_unknown_field_is_named(refused, truck, form):
    with refused(400, "INVALID_FIELD") as raised:
        truck.enterprise.post("/v1/trips", {**form, "colour": "red", "goods": [{**form["goods"][0], "taste": "sweet"}]})
    assert set(raised.value.pointers()) == {"/colour", "/goods/0/taste"}


def test_a_key_is_good_for_one_change(refused, world):
    enterprise = world.new_enterprise()
    other = Truck(world, enterprise, "12C-202.02")
    form, key = other.declaration(), "the-same-key-twice"
    first = enterprise.post("/v1/trips", form, key)
    other.trip_id = first["trip"]["trip_id"]
    other.invoice()
    assert enterprise.post("/v1/trips", form, key) == first
    with refused(422, "REQUEST_ID_REUSED"):
        enterprise.post("/v1/trips", {**form, "route": "1088/2-1089"}, key)


def test_an_ended_session_is_nobody(refused, world):
    enterprise = world.new_enterprise()
    enterprise.post("/v1/sign-out")
    with refused(401, "SESSION_UNKNOWN"):
        enterprise.get("/v1/me")


def test_an_expired_token_is_nobody(gate, refused, form):
    # The session's end is moved into the past, where the clock would bring it.
    before = {row["session_id"] for row in Sources.of(gate).select("select session_id from identity.sessions")}
    late = gate.rest("doanhnghiep")
    own = [row["session_id"] for row in Sources.of(gate).select("select session_id from identity.sessions")
           if row["session_id"] not in before]  # fmt: skip
    assert len(own) == 1
    gate.postgres.query(
        "bordergate",
        f"update identity.sessions set expire_time = now() - interval '1 second' where session_id = '{own[0]}'",
    )
    with refused(401, "SESSION_EXPIRED"):
        late.post("/v1/trips", form)


def test_a_made_up_token_is_nobody(gate, refused, form):
    with refused(401, "SESSION_UNKNOWN"):
        Rest(gate.url, "bg_session_made_up").post("/v1/trips", form)


def test_a_megabyte_of_nesting_is_refused(refused, truck):
    headers = {"Content-Type": "application/json", "Idempotency-Key": "deep-deep-deep"}
    for deep in (b"[" * 500_000 + b"]" * 500_000, b'{"goods":' * 100_000 + b"1" + b"}" * 100_000):
        with refused(400, "BODY_TOO_COMPLEX"):
            truck.enterprise.send("POST", "/v1/trips", deep, headers)


def test_a_payment_that_the_bank_did_not_sign_is_refused(gate, refused, truck):
    invoice = truck.invoice()
    notice = bank.notice(gate.bank_key, invoice["invoice_id"], int(invoice["amount_dong"]))
    with refused(401, "BANK_SIGNATURE_INVALID"):
        gate.rest().post("/v1/payments", json.loads(json.dumps({**notice, "amount_dong": "1"})))
    assert truck.invoice()["state"] == "STATE_OPEN"


def test_nobody_opens_for_a_vehicle_that_is_not_there(refused, world, truck):
    desk = LaneDesk(world, "huu-nghi-x2")
    desk.wait_at_rest()
    with refused(409, "SESSION_OVER"):
        desk.open(reason_code="OFFICER_PAPERS", plate=truck.plate)


def test_a_second_opening_for_one_decision_writes_nothing(refused, world, control):
    desk = LaneDesk(world, "huu-nghi-x2")
    desk.wait_at_rest()
    truck_id = control.place(desk.lane_id, "88C-111.22")
    session_id = desk.wait_decision("LANE_STATE_REFUSED")["session_id"]
    desk.open(reason_code="OFFICER_ORDER", session_id=session_id)
    control.wait(truck_id, "truck.passed")
    desk.wait_at_rest()
    with refused(409, "SESSION_OVER"):
        desk.open(reason_code="OFFICER_ORDER", session_id=session_id)
