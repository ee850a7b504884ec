"""One truck's way as its people do it: plain HTTP at the public door, one request a step."""

import itertools
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.harness import bank
from tests.harness.wait import until
from tools.gate.gate import Gate
from tools.gate.rest import Json, Rest, RestError

YARD = "xuan-cuong"
# Who confirms which step of the demonstration gate's workflow, customs last.
STEPS = (("health", "yte"), ("plant_quarantine", "kiemdich"), ("border_guard", "bienphong"), ("customs", "haiquan"))
_numbers = itertools.count(1)


def stamp(offset_s: float = 0) -> str:
    """Now plus an offset as RFC 3339."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset_s))


@dataclass
class World:
    """The people of one gate, each signed in once."""

    gate: Gate
    _clients: dict[str, Rest] = field(default_factory=dict)

    def as_(self, word: str) -> Rest:
        """A client signed in as this account of the run."""
        if word not in self._clients:
            self._clients[word] = self.gate.rest(word)
        return self._clients[word]

    def new_enterprise(self) -> Rest:
        """A client signed in as the first person of a new enterprise."""
        number = next(_numbers)
        name, password = f"firm-{uuid.uuid4().hex[:12]}", f"khong-doan-duoc-{uuid.uuid4().hex}"
        nobody = self.gate.rest()
        nobody.post("/v1/sign-up", {"sign_in_name": name, "password": password, "display_name": f"Hãng {number}"})
        enterprise = nobody.sign_in(name, password)
        enterprise.post(
            "/v1/enterprises",
            {"name": f"Công ty Vận tải {number}", "tax_code": f"{uuid.uuid4().int % 10**10:010d}",
             "address": "Đồng Đăng, Lạng Sơn", "phone": "+84912345678"},
        )  # fmt: skip
        return enterprise


class Truck:
    """A rigid truck with a driver, registered by an enterprise, on one trip."""

    def __init__(self, world: World, enterprise: Rest, plate: str, direction: str = "export"):
        self.world = world
        self.enterprise = enterprise
        self.plate = plate
        self.direction = direction
        self.trip_id = ""
        self.vehicle_id = enterprise.post(
            "/v1/vehicles",
            {"kind": "KIND_TRUCK", "plate": plate, "axle_count": 3, "tare_kg": 9000, "permitted_mass_kg": 25000},
        )["vehicle"]["vehicle_id"]
        self.driver_id = enterprise.post(
            "/v1/drivers",
            {"name": "Lương Văn Lái", "nationality_code": "VN", "document_kind": "DOCUMENT_KIND_PASSPORT",
             "document_number": f"B{uuid.uuid4().int % 10**8:08d}", "document_expire_date": "2031-12-31",
             "phone": "+84912345678"},
        )["driver"]["driver_id"]  # fmt: skip

    def declaration(self, **changes: Any) -> Json:
        """A form without faults; each change replaces a field."""
        form: Json = {
            "gate_id": "huu-nghi",
            "route": "1119-1120",
            "direction": f"DIRECTION_{self.direction.upper()}",
            "regime": f"REGIME_{self.direction.upper()}",
            "expected_arrival_time": stamp(3600),
            "declaration_number": "106543210987",
            "declaration_kind": "B11" if self.direction == "export" else "A11",
            "contact_phone": "+84912345678",
            "plate": self.plate,
            "driver_id": self.driver_id,
            "goods": [
                {"hs_code": "08106000", "description": "Sầu riêng tươi", "package_count": 900, "package_kind": "CT",
                 "gross_mass_kg": "16200", "net_mass_kg": "15300", "value_minor": "1500000000",
                 "currency_code": "VND", "origin_country_code": "VN"},
            ],
            "quarantine": {"growing_area_code": "VN-TGOR-0123", "packing_house_code": "VN-TGPH-045",
                           "certificate_number": "KD-2026-000123", "driver_temperature_decicelsius": 366,
                           "health_declared": True},
        }  # fmt: skip
        return {**form, **changes}

    def declare(self, **changes: Any) -> Json:
        trip: Json = self.enterprise.post("/v1/trips", self.declaration(**changes))["trip"]
        self.trip_id = trip["trip_id"]
        return trip

    def trip(self) -> Json:
        trip: Json = self.enterprise.get(f"/v1/trips/{self.trip_id}")["trip"]
        return trip

    def confirm(self, step_id: str, word: str) -> Json:
        trip: Json = self.world.as_(word).post(f"/v1/trips/{self.trip_id}/steps/{step_id}:confirm")["trip"]
        return trip

    def clear(self) -> None:
        """Every agency confirms, customs last."""
        wanted = {step["step_id"] for step in self.trip()["steps"]}
        for step_id, word in STEPS:
            if step_id in wanted:
                trip = self.confirm(step_id, word)
        assert trip["state"] == "STATE_CLEARED", trip

    def invoice(self) -> Json:
        """Arrives by an event a little after the declaration."""
        found = until(
            lambda: self.enterprise.get("/v1/invoices", trip_id=self.trip_id)["invoices"],
            what=f"the invoice of {self.trip_id}",
        )
        assert len(found) == 1, found
        one: Json = found[0]
        return one

    def pay(self) -> Json:
        """The bank reports the exact amount; returns the payment."""
        invoice = self.invoice()
        notice = bank.notice(self.world.gate.bank_key, invoice["invoice_id"], int(invoice["amount_dong"]))
        payment: Json = self.world.gate.rest().post("/v1/payments", notice)["payment"]
        assert payment["state"] == "STATE_APPLIED", payment
        return payment

    def check_in(self) -> Json:
        """At the yard, by its plate; the yard learns of the trip by an event."""

        def ask() -> Json | None:
            tickets = self.enterprise.get("/v1/tickets", trip_id=self.trip_id)["tickets"]
            return tickets[0] if tickets else None

        until(lambda: _accepted(self.world.as_("baixe"), f"/v1/yards/{YARD}:checkIn", {"plate": self.plate}))
        ticket = ask()
        assert ticket, "checked in, but no ticket"
        return ticket

    def wait_called(self) -> Json:
        """The ticket once the yard has called it."""
        return until(
            lambda: self.enterprise.get("/v1/tickets", trip_id=self.trip_id)["tickets"][0],
            lambda ticket: ticket["state"] == "STATE_CALLED",
            what=f"the call of {self.plate}",
        )

    def make_ready(self, **changes: Any) -> Json:
        """Everything before the lane: declared, cleared, paid, checked in, called. Returns the ticket."""
        self.declare(**changes)
        self.clear()
        self.pay()
        self.check_in()
        return self.wait_called()

    def passages(self) -> list[Json]:
        found: list[Json] = self.world.as_("trungtam").get("/v1/passages", trip_id=self.trip_id)["passages"]
        return found


def _accepted(client: Rest, path: str, body: Json) -> bool:
    """True when it was done; False while the service has not yet heard of what it is about."""
    try:
        client.post(path, body)
        return True
    except RestError as error:
        if error.reason == "TRIP_NOT_EXPECTED":
            return False
        raise
