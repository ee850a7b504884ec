// Goal: the rules of what an officer sees and may do hold for every state. Method: pure functions, table by table.
import { describe, expect, test } from "vitest";
import type { LaneState } from "@/lib/wire.ts";
import { makeDecision, makeLane } from "@/mocks/data.ts";
import {
  columnsFor,
  compareLanes,
  currentDecision,
  isStale,
  openingOf,
  signalOf,
  takesOpening,
  takesRefusal,
} from "./lane_view.ts";

const lane = (state: LaneState, more = {}) => makeLane("X1", { state, decision: makeDecision("12C34567"), ...more });

test.each([
  ["LANE_STATE_IDLE", "rest", false],
  ["LANE_STATE_IDENTIFYING", "progress", true],
  ["LANE_STATE_ASKING", "attention", true],
  ["LANE_STATE_REFUSED", "attention", true],
  ["LANE_STATE_OPENING", "progress", false],
  ["LANE_STATE_PASSING", "progress", false],
  ["LANE_STATE_CLOSING", "progress", false],
  ["LANE_STATE_FAULT", "urgent", false],
] as const)("in %s the sign is %s and commands are taken: %s", (state, signal, takes) => {
  expect(signalOf(lane(state))).toBe(signal);
  expect(takesOpening(lane(state))).toBe(takes);
  expect(takesRefusal(lane(state))).toBe(takes);
});

test("a closed lane opens for nobody but may still refuse", () => {
  const closed = lane("LANE_STATE_ASKING", { mode: "MODE_CLOSED" });
  expect(takesOpening(closed)).toBe(false);
  expect(takesRefusal(closed)).toBe(true);
});

test("a vehicle on the watch list, or one that looks like it, is urgent", () => {
  for (const code of ["WATCH_LISTED", "WATCH_LIST_LOOK_ALIKE"]) {
    const decision = makeDecision("12C34567", { reasons: [{ code, params: {} }] });
    expect(signalOf(lane("LANE_STATE_ASKING", { decision }))).toBe("urgent");
  }
});

test("an arm whose position is not known is urgent even while the lane is idle", () => {
  expect(signalOf(lane("LANE_STATE_IDLE", { barrier_position: "BARRIER_POSITION_UNKNOWN" }))).toBe("urgent");
});

test("idle and reading lanes have no decision of their own", () => {
  expect(currentDecision(lane("LANE_STATE_IDLE"))).toBeUndefined();
  expect(currentDecision(lane("LANE_STATE_IDENTIFYING"))).toBeUndefined();
  expect(currentDecision(lane("LANE_STATE_ASKING"))?.plate).toBe("12C34567");
});

test("five seconds without news are allowed, not more", () => {
  expect(isStale(5000)).toBe(false);
  expect(isStale(5001)).toBe(true);
});

describe("an opening", () => {
  test("is open only when the upper switch says so after the order", () => {
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_DOWN", 100)).toBe("sent");
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_MOVING", 900)).toBe("moving");
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_UP", 2000)).toBe("open");
    expect(openingOf("BARRIER_COMMAND_NONE", "BARRIER_POSITION_UP", 100)).toBe("sent");
  });
  test("that no switch answers in ten seconds is unconfirmed", () => {
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_MOVING", 10_001)).toBe("unconfirmed");
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_DOWN", 10_001)).toBe("unconfirmed");
  });
  test("of an arm whose position is lost is unknown, never open", () => {
    expect(openingOf("BARRIER_COMMAND_RAISE", "BARRIER_POSITION_UNKNOWN", 500)).toBe("unknown");
  });
});

test("lanes stand in the order in which people count", () => {
  const lanes = ["X10", "X2", "N1", "X1"].map((title) => makeLane(title)).sort(compareLanes);
  expect(lanes.map((each) => each.title)).toEqual(["N1", "X1", "X2", "X10"]);
});

test("fourteen lanes stand in two rows of seven, few lanes in one row", () => {
  expect([1, 4, 5, 6, 8, 14].map(columnsFor)).toEqual([1, 4, 5, 3, 4, 7]);
});
