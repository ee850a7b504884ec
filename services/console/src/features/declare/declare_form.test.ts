// Goal: what is sent is what was typed, and every fault the server names finds its field. Method: pure functions.
import { expect, test } from "vitest";
import { pathOf } from "@/lib/use_faults.ts";
import { makeTrip } from "@/mocks/data.ts";
import { bodyOf, emptyGoods, fieldOfPointer, newForm, regimeFor } from "./declare_form.ts";

const noon = Date.parse("2026-11-22T05:00:00Z");

test("a new form takes over what rarely changes and nothing of the truck", () => {
  const form = newForm(noon, "huu-nghi", makeTrip("12C34567", { route: "1088/2-1089" }));
  expect(form).toMatchObject({ gate_id: "huu-nghi", route: "1088/2-1089", contact_phone: "+84912345678", plate: "" });
  expect(form.arrival).toBe("22/11/2026 14:00");
  expect(newForm(noon, "huu-nghi", null)).toMatchObject({ gate_id: "huu-nghi", route: "" });
});

test("texts go out trimmed and composed, times with their zone, money in its smallest unit", () => {
  const form = {
    ...newForm(noon, "huu-nghi", null),
    plate: "12C34567",
    seals: "VN1, VN2  VN3",
    temperature: 36.6,
    goods: [
      { ...emptyGoods, hs_code: "0810.60.00", description: " Sâ\u0300u riêng ", value: 1234.5, currency_code: "CNY" },
      { ...emptyGoods, value: 1_500_000_000 },
    ],
  };
  const body = bodyOf(form);
  expect(body).toMatchObject({
    expected_arrival_time: "2026-11-22T07:00:00.000Z",
    seal_numbers: ["VN1", "VN2", "VN3"],
  });
  expect(body.quarantine?.driver_temperature_decicelsius).toBe(366);
  expect(body.goods?.[0]).toMatchObject({ hs_code: "08106000", description: "Sầu riêng", value_minor: "123450" });
  expect(body.goods?.[1]).toMatchObject({ value_minor: "1500000000", gross_mass_kg: "0" });
});

test("an empty truck is declared without goods, whatever was typed before", () => {
  const body = bodyOf({ ...newForm(noon, "huu-nghi", null), empty: true, goods: [emptyGoods] });
  expect(body).toMatchObject({ empty: true, goods: [] });
});

test("a time that cannot be read is not sent as another one", () => {
  expect(bodyOf({ ...newForm(noon, "huu-nghi", null), arrival: "32/11/2026" }).expected_arrival_time).toBeUndefined();
});

test.each([
  ["/plate", ["plate"]],
  ["/expected_arrival_time", ["arrival"]],
  ["/goods/1/hs_code", ["goods", 1, "hs_code"]],
  ["/goods/0/value_minor", ["goods", 0, "value"]],
  ["/seal_numbers/2", ["seals"]],
  ["/quarantine/driver_temperature_decicelsius", ["temperature"]],
])("a fault at %s is shown at its field", (pointer, name) => {
  expect(fieldOfPointer(pointer)).toEqual(name);
});

test("a change of one field of a line is a path", () => {
  const goods = [undefined, { hs_code: "1" }];
  expect(pathOf({ goods })).toEqual(["goods", 1, "hs_code"]);
  expect(pathOf({ plate: "x" })).toEqual(["plate"]);
});

test("the regime follows the direction, unless a rarer one was chosen", () => {
  expect(regimeFor("DIRECTION_IMPORT", "REGIME_EXPORT")).toBe("REGIME_IMPORT");
  expect(regimeFor("DIRECTION_IMPORT", "REGIME_TRANSIT")).toBe("REGIME_TRANSIT");
});
