# Goal: whatever is refused is refused with its reason, and nothing is written.
# Method: wrong requests at the public door of a whole gate; the number of committed events before and after.
import json
from contextlib import contextmanager

import pytest

from tests.harness import bank
from tests.harness.truck import Truck
from tools.gate.rest import Rest, RestError

SERVICES = ("identity", "vehicle", "customs", "fee", "yard", "exchange", "report")


def committed(gate) -> dict[str, str]:
    """How many events each service has committed."""
    return {name: gate.postgres.query("bordergate", f"select count(*) from {name}.events").strip() for name in SERVICES}


@contextmanager
def refused(gate, status: int, reason: str):
    """The block must be refused like this and leave no trace."""
    before = committed(gate)
    with pytest.raises(RestError) as raised:
        yield raised
    assert (raised.value.status, raised.value.reason) == (status, reason), str(raised.value)
    assert committed(gate) == before


@pytest.fixture(scope="module")
def truck(world):
    one = Truck(world, world.new_enterprise(), "12C-202.01")
    one.declare()
    one.invoice()  # what follows from the declaration has arrived
    return one


def test_nobody_declares_nothing(gate, truck):
    with refused(gate, 401, "UNAUTHENTICATED"):
        gate.rest().post("/v1/trips", truck.declaration())


def test_an_officer_of_another_agency_does_not_watch_list(gate, world):
    with refused(gate, 403, "ROLE_MISSING"):
        world.as_("haiquan").post("/v1/watch-list", {"plate": "12C-999.99", "cause": "CAUSE_ORDER", "note": "thử"})


def test_nobody_confirms_another_agencys_step(gate, world, truck):
    with refused(gate, 403, "STEP_NOT_YOURS"):
        world.as_("yte").post(f"/v1/trips/{truck.trip_id}/steps/border_guard:confirm")


def test_another_enterprises_trip_looks_as_if_there_were_none(gate, world, truck):
    other = world.new_enterprise()
    with refused(gate, 404, "TRIP_NOT_FOUND"):
        other.get(f"/v1/trips/{truck.trip_id}")
    with refused(gate, 404, "TRIP_NOT_FOUND"):
        other.post(f"/v1/trips/{truck.trip_id}:cancel", {"reason": "không phải của tôi"})


def test_every_fault_of_a_form_is_named_at_once(gate, truck):
    goods = [{**truck.declaration()["goods"][0], "hs_code": "99x", "net_mass_kg": "99999"}]
    with refused(gate, 400, "INVALID_FIELD") as raised:
        truck.enterprise.post("/v1/trips", truck.declaration(plate="12C", goods=goods, declaration_number="7"))
    found = raised.value.pointers()
    assert found["/plate"] == "PLATE_INVALID"
    assert found["/goods/0/hs_code"] == "HS_CODE_INVALID"
    assert {"/goods/0/net_mass_kg", "/declaration_number"} <= set(found)


def test_an_unknown_field_is_named(gate, truck):
    with refused(gate, 400, "INVALID_FIELD") as raised:
        truck.enterprise.post("/v1/trips", truck.declaration(colour="red"))
    assert set(raised.value.pointers()) == {"/colour"}


def test_a_key_is_good_for_one_change(gate, truck, world):
    enterprise = world.new_enterprise()
    other = Truck(world, enterprise, "12C-202.02")
    key = "the-same-key-twice"
    first = enterprise.post("/v1/trips", other.declaration(), key=key)
    other.trip_id = first["trip"]["trip_id"]
    other.invoice()
    assert enterprise.post("/v1/trips", other.declaration(), key=key)["trip"]["trip_id"] == other.trip_id
    with refused(gate, 422, "REQUEST_ID_REUSED"):
        enterprise.post("/v1/trips", other.declaration(route="1088/2-1089"), key=key)


def test_an_ended_session_is_nobody(gate, world):
    enterprise = world.new_enterprise()
    enterprise.post("/v1/sign-out")
    with refused(gate, 401, "UNAUTHENTICATED"):
        enterprise.get("/v1/me")


def test_a_made_up_token_is_nobody(gate):
    with refused(gate, 401, "UNAUTHENTICATED"):
        Rest(gate.url, "bg_session_made_up").get("/v1/me")


def test_a_megabyte_of_nesting_is_refused(gate, truck):
    deep = ("[" * 500_000 + "]" * 500_000).encode()
    with refused(gate, 400, "BODY_TOO_COMPLEX"):
        truck.enterprise.send("POST", "/v1/trips", deep,
                              {"Content-Type": "application/json", "Idempotency-Key": "deep-deep-deep"})  # fmt: skip


def test_a_payment_that_the_bank_did_not_sign_is_refused(gate, truck):
    invoice = truck.invoice()
    notice = bank.notice(gate.bank_key, invoice["invoice_id"], int(invoice["amount_dong"]))
    forged = json.loads(json.dumps({**notice, "amount_dong": "1"}))
    with refused(gate, 401, "BANK_SIGNATURE_INVALID"):
        gate.rest().post("/v1/payments", forged)
    assert truck.invoice()["state"] == "STATE_OPEN"
