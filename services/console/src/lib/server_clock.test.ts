// Goal: ages and waits are right on a computer whose clock is wrong. Method: made-up answers.
import { expect, test } from "vitest";
import { observeServerDate, serverNow } from "./server_clock.ts";

const at = (ms: number) => new Date(ms).toUTCString();

test("a clock that agrees with the server is left alone", () => {
  const now = Date.now();
  observeServerDate(at(now), now - 20, now + 20);
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(50);
});

test("a clock that is ten minutes off is corrected to the second", () => {
  const now = Date.now();
  observeServerDate(at(now - 600_000), now, now);
  expect(Math.abs(serverNow() - (Date.now() - 600_000))).toBeLessThan(1100);
});

test("a slow answer does not spoil what quick ones told", () => {
  const now = Date.now();
  observeServerDate(at(now - 600_000), now, now);
  observeServerDate(at(now - 600_000), now - 9_000, now);
  expect(Math.abs(serverNow() - (Date.now() - 600_000))).toBeLessThan(1100);
});

test("a clock that is set meanwhile is learnt anew", () => {
  const now = Date.now();
  observeServerDate(at(now - 600_000), now, now);
  observeServerDate(at(now), now, now);
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(1100);
});

test("an answer without a date teaches nothing", () => {
  observeServerDate(null, Date.now(), Date.now());
  observeServerDate("yesterday", Date.now(), Date.now());
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(50);
});
