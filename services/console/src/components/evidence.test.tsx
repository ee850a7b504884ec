// Goal: the part of a picture that is shown always holds the plate and never leaves the picture. Method: the crop's
// arithmetic, over shapes and places.
import { expect, test } from "vitest";
import { cropAround } from "./evidence.tsx";

const box = (x: number, y: number, width: number, height: number) => [
  x,
  y,
  x + width,
  y,
  x + width,
  y + height,
  x,
  y + height,
];
const size = { width: 1280, height: 720 };

test.each([
  ["in the middle", 500, 540, 280, 66],
  ["at the left edge", 0, 0, 200, 50],
  ["at the right bottom corner", 1080, 670, 200, 50],
])("a plate %s lies within the crop, and the crop within the picture", (_, x, y, width, height) => {
  for (const ratio of [2.4, 16 / 9, 1, 0.6]) {
    for (const share of [0, 0.3, 0.5]) {
      const crop = cropAround(size, box(x, y, width, height), ratio, share);
      expect(crop.x).toBeGreaterThanOrEqual(0);
      expect(crop.y).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.width).toBeLessThanOrEqual(size.width + 0.001);
      expect(crop.y + crop.height).toBeLessThanOrEqual(size.height + 0.001);
      expect(crop.x).toBeLessThanOrEqual(x);
      expect(crop.x + crop.width).toBeGreaterThanOrEqual(x + width - 0.001);
      expect(crop.y).toBeLessThanOrEqual(y);
      expect(crop.y + crop.height).toBeGreaterThanOrEqual(y + height - 0.001);
      expect(crop.width / crop.height).toBeCloseTo(ratio, 3);
    }
  }
});

test("without a plate the middle of the picture is shown", () => {
  expect(cropAround(size, [], 1, 0.3)).toEqual({ x: 280, y: 0, width: 720, height: 720 });
});
