// Goal: plates read as they stand on trucks, and differences are marked where they are. Method: plates of the grammar's
// own test vectors.
import { expect, test } from "vitest";
import { differingPlaces, formatPlate, hasChinese } from "./plate.ts";

test.each([
  ["12C34567", "12C-345.67"],
  ["12C1234", "12C-1234"],
  ["29Đ12345", "29Đ-123.45"],
  ["51RM12345", "51RM-123.45"],
  ["TM1234", "TM-12-34"],
  ["桂F12345", "桂F·12345"],
  ["桂F1234挂", "桂F·1234挂"],
  ["云G12345D", "云G·12345D"],
  ["粤ZAB12港", "粤Z·AB12港"],
  ["80011NG01", "80011NG01"],
  ["", ""],
])("%s is shown as %s", (normalised, shown) => expect(formatPlate(normalised)).toBe(shown));

test("a plate in Chinese characters is known as such", () => {
  expect(hasChinese("桂F12345")).toBe(true);
  expect(hasChinese("29Đ12345")).toBe(false);
});

test("places that differ are marked, also beyond the end of the other", () => {
  expect(differingPlaces("15C11208", "15C11203")).toEqual([false, false, false, false, false, false, false, true]);
  expect(differingPlaces("12C1234", "12C123")).toEqual([false, false, false, false, false, false, true]);
  expect(differingPlaces("桂F1", "桂F1")).toEqual([false, false, false]);
});
