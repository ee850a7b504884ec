// Goal: times, numbers and money read the same on every machine: gate's zone, the language's own form.
// Method: fixed inputs; the tests run in another time zone than the gate's.
import { expect, test } from "vitest";
import {
  formatClock,
  formatDate,
  formatDong,
  formatDuration,
  formatGateInput,
  formatMassKg,
  formatMoney,
  formatNumber,
  formatShare,
  formatTime,
  formatWait,
  gateMidnight,
  parseGateTime,
} from "./format.ts";

const time = "2026-11-21T18:05:09.250Z"; // 01:05:09 of the next day at the gate

test("a time is spelled day first in Vietnamese, with a month in words in English, year first in Chinese", () => {
  expect(formatTime(time, "vi")).toBe("22/11/2026 01:05:09");
  expect(formatTime(time, "en")).toBe("22 Nov 2026 01:05:09");
  expect(formatTime(time, "zh")).toBe("2026-11-22 01:05:09");
  expect(formatDate("2026-01-05T00:00:00Z", "vi")).toBe("05/01/2026");
});

test("a time that is absent is a dash, never 1970", () => {
  expect(formatTime(undefined, "vi")).toBe("–");
  expect(formatTime("", "vi")).toBe("–");
  expect(formatClock("nonsense")).toBe("–");
});

test("what is typed in the gate's zone becomes an exact instant", () => {
  expect(parseGateTime("22/11/2026 01:05")).toBe("2026-11-21T18:05:00.000Z");
  expect(parseGateTime(" 2/1/2026 ")).toBe("2026-01-01T17:00:00.000Z");
  expect(parseGateTime("2026-11-22 01:05:09")).toBe("2026-11-21T18:05:09.000Z");
});

test.each(["31/02/2026", "22/13/2026", "22/11/2026 24:00", "22/11/2026 10:60", "11-22-2026", "hôm nay", "22/11/26"])(
  "%s is no time",
  (text) => expect(parseGateTime(text)).toBeNull(),
);

test("what is shown in a field is what reads back", () => {
  expect(formatGateInput("2026-11-21T18:05:00.000Z")).toBe("22/11/2026 01:05");
  expect(parseGateTime(formatGateInput("2026-11-21T18:05:00.000Z"))).toBe("2026-11-21T18:05:00.000Z");
});

test("the gate's midnight is Vietnam's", () => {
  expect(gateMidnight(Date.parse("2026-11-21T18:00:00Z"))).toBe("2026-11-21T17:00:00.000Z");
  expect(gateMidnight(Date.parse("2026-11-21T16:59:59Z"))).toBe("2026-11-20T17:00:00.000Z");
  expect(gateMidnight(Date.parse("2026-11-21T18:00:00Z"), -1)).toBe("2026-11-20T17:00:00.000Z");
});

test("numbers have the language's own marks", () => {
  expect(formatNumber(1234567.5, "vi", 1)).toBe("1.234.567,5");
  expect(formatNumber(1234567.5, "en", 1)).toBe("1,234,567.5");
  expect(formatNumber(1234567, "zh")).toBe("1,234,567");
});

test("money is exact beyond what a floating number holds", () => {
  expect(formatDong("9007199254740993", "vi")).toBe("9.007.199.254.740.993 đồng");
  expect(formatDong("1500000", "en")).toBe("VND 1,500,000");
  expect(formatMoney("61500000", "CNY", "vi")).toBe("615.000,00 CNY");
  expect(formatMoney("1500000", "VND", "zh")).toBe("1,500,000 越南盾");
  expect(formatDong(undefined, "vi")).toBe("–");
  expect(formatDong("12.5", "vi")).toBe("–");
});

test("mass, shares, durations and waits", () => {
  expect(formatMassKg("21300", "vi")).toBe("21.300 kg");
  expect(formatShare(0.9799, "vi")).toBe("97 %"); // never rounded up to sure
  expect(formatDuration(12_900)).toBe("00:12");
  expect(formatDuration(3_723_000)).toBe("1:02:03");
  expect(formatDuration(-5)).toBe("00:00");
  expect(formatWait(5_100_000, "vi")).toBe("1 giờ 25 phút");
  expect(formatWait(1_800_000, "en")).toBe("30 min");
});
