// Goal: a lane's age is the age of what it last said, not of the last repetition. Method: the store alone.
import { expect, test } from "vitest";
import { observeServerDate } from "@/lib/server_clock.ts";
import { ago, makeLane } from "@/mocks/data.ts";
import { LaneStore } from "./lane_store.ts";

const ageOf = (store: LaneStore) => performance.now() - store.get().lanes[0]!.trueAt;

test("a fresh picture has no age", () => {
  const store = new LaneStore();
  store.take(makeLane("X1"));
  expect(ageOf(store)).toBeLessThan(200);
});

test("a picture that comes late is as old as it is", () => {
  const store = new LaneStore();
  store.take(makeLane("X1", { report_time: ago(30) }));
  expect(ageOf(store)).toBeGreaterThan(29_000);
});

test("a repeated picture is no news", () => {
  const store = new LaneStore();
  const lane = makeLane("X1", { report_time: ago(30) });
  store.take(lane);
  const before = store.get();
  store.take({ ...lane });
  expect(store.get()).toBe(before);
});

test("an officer's clock that is an hour wrong makes nothing old", () => {
  const store = new LaneStore();
  const serverTime = Date.now() - 3_600_000;
  observeServerDate(new Date(serverTime).toUTCString(), Date.now(), Date.now());
  store.take(makeLane("X1", { report_time: new Date(serverTime).toISOString() }));
  expect(ageOf(store)).toBeLessThan(200);
});

test("a newer picture replaces the older one whole", () => {
  const store = new LaneStore();
  store.take(makeLane("X1", { arming_loop: true, report_time: ago(2) }));
  store.take(makeLane("X1", { report_time: ago(0) }));
  expect(store.get().lanes).toHaveLength(1);
  expect(store.get().lanes[0]!.lane.arming_loop).toBe(false);
});
