// Goal: a cause reads as a sentence, with plates as people write them and a dash where nothing was declared. Method: causes as
// the lane sends them.
import { expect, test } from "vitest";
import { causeText } from "./texts.ts";

const said = (code: string, params: Record<string, string>) => causeText({ code, params }, (stepId) => stepId);

test("a container that nobody declared is told from one that is another", () => {
  expect(said("CONTAINER_MISMATCH", { seen: "TGHU7654320", expected: "CSQU3054383" })).toContain("CSQU3054383");
  const none = said("CONTAINER_MISMATCH", { seen: "TGHU7654320", expected: "" });
  expect(none).toContain("TGHU7654320");
  expect(none).toContain("–");
});

test("a plate is written as it stands on the vehicle, and a code that is not known as it is", () => {
  expect(said("READ_UNSURE", { plate: "12C34567" })).not.toBe("READ_UNSURE");
  expect(said("PLATE_NEAR_EXPECTED", { plate: "12C34567" })).toContain("12C-345.67");
  expect(said("NEW_CODE", {})).toBe("NEW_CODE");
});
