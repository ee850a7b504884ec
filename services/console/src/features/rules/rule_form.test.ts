// Goal: a rule is sent as it was typed, and changes made meanwhile by others are kept apart from one's own. Method: the
// pure functions with values.
import { expect, test } from "vitest";
import { formatDayMinute, parseDayMinute } from "@/lib/format.ts";
import { makeRule } from "@/mocks/data.ts";
import { bodyOf, differences, formOf, moved, placeOf, places } from "./rule_form.ts";

test("a rule goes out as it came in", () => {
  const rule = makeRule("huu-nghi-export", { confidence_min: 0.925 });
  const { version: _, author: __, reason: ___, create_time: ____, ...parts } = rule;
  expect(bodyOf(rule.checkpoint_id, formOf(rule))).toEqual(parts);
});

test("times of a day are read as people write them, and nothing else is a time", () => {
  expect(["7", "07:30", "7h30", "24:00"].map(parseDayMinute)).toEqual([420, 450, 450, 1440]);
  expect(["", "7:60", "24:01", "25:00", "seven", "07:3"].map(parseDayMinute)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect([0, 450, 1440].map(formatDayMinute)).toEqual(["00:00", "07:30", "24:00"]);
});

test("a time that is none is sent as one that the server refuses at its field", () => {
  const form = formOf(makeRule("huu-nghi-export"));
  form.opening_hours[0]!.open = "seven";
  expect(bodyOf("x", form).opening_hours[0]!.open_minute).toBe(-1);
  expect(places.ofPointer("/opening_hours/0/open_minute")).toEqual(["opening_hours", 0, "open"]);
  expect(places.ofPointer("/confidence_min")).toEqual(["confidence_percent"]);
});

test("the order of days and the way a time is written are no difference", () => {
  const form = formOf(makeRule("huu-nghi-export"));
  const other = { ...form, opening_hours: [{ weekdays: [6, 5, 4, 3, 2, 1], open: "7h", close: "20:00" }] };
  expect(differences(form, other)).toEqual([]);
  expect(differences(form, { ...other, stay_max_h: 36, fee_required: false })).toEqual(["fee_required", "stay_max_h"]);
});

test("my changes move to another version without undoing what that one changed", () => {
  const base = formOf(makeRule("huu-nghi-export"));
  const mine = { ...base, stay_max_h: 36 };
  const theirs = { ...base, fee_required: false, stay_max_h: 12 };
  expect(moved(base, mine, theirs)).toEqual({ ...base, fee_required: false, stay_max_h: 36 });
});

test("a checkpoint is a gate and a direction; an id of another form stands for itself", () => {
  expect(placeOf("huu-nghi-export")).toEqual({ gateId: "huu-nghi", direction: "DIRECTION_EXPORT" });
  expect(placeOf("huu-nghi")).toEqual({ gateId: "huu-nghi", direction: "DIRECTION_UNSPECIFIED" });
});
