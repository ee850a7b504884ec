# Goal: a truck gets from registration to its call with nothing but plain HTTP, each agency doing its own part.
# Method: a whole gate of real services; the people are HTTP clients, the bank an openssl signature.
from tests.harness.truck import STEPS, Truck
from tests.harness.wait import until


def test_a_truck_is_declared_cleared_paid_checked_in_and_called(world):
    truck = Truck(world, world.new_enterprise(), "12C-201.01")
    trip = truck.declare()
    assert trip["state"] == "STATE_DECLARED"
    assert [step["step_id"] for step in trip["steps"]] == [step_id for step_id, _ in STEPS]
    truck.clear()
    assert truck.trip()["state"] == "STATE_CLEARED"

    payment = truck.pay()
    assert payment["amount_dong"] == truck.invoice()["amount_dong"]
    assert truck.invoice()["state"] == "STATE_PAID"

    assert truck.check_in()["yard_id"] == "xuan-cuong"
    assert truck.wait_called()["call_count"] == 1


def test_customs_cannot_confirm_before_the_others(world):
    truck = Truck(world, world.new_enterprise(), "12C-201.02")
    trip = truck.declare()
    states = {step["step_id"]: step["state"] for step in trip["steps"]}
    assert states == {"health": "STATE_OPEN", "plant_quarantine": "STATE_OPEN", "border_guard": "STATE_OPEN",
                      "customs": "STATE_BLOCKED"}  # fmt: skip


def test_a_truck_that_has_not_paid_waits_in_the_yard_and_is_told_why(world):
    truck = Truck(world, world.new_enterprise(), "12C-201.03")
    truck.declare()
    truck.clear()
    truck.check_in()

    def ticket():
        return truck.enterprise.get("/v1/tickets", trip_id=truck.trip_id)["tickets"][0]

    until(ticket, lambda one: one["wait"] == "WAIT_FEE", what="the ticket waits for the fee")
    assert ticket()["state"] == "STATE_WAITING"
    truck.pay()
    truck.wait_called()


def test_a_held_truck_is_not_called_until_the_hold_ends(world):
    truck = Truck(world, world.new_enterprise(), "12C-201.04")
    truck.declare()
    world.as_("kiemdich").post(f"/v1/trips/{truck.trip_id}/steps/plant_quarantine:hold", {"reason": "Lấy mẫu kiểm tra"})
    assert truck.trip()["state"] == "STATE_HELD"
    world.as_("kiemdich").post(f"/v1/trips/{truck.trip_id}/steps/plant_quarantine:release", {"reason": "Mẫu đạt"})
    truck.clear()
    truck.pay()
    truck.check_in()
    truck.wait_called()
