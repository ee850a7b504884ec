// What every test starts from: an empty page in Vietnamese, no request that nobody answers, nothing left of the test before.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { startTexts } from "@/lib/i18n.ts";
import { forgetServerDate } from "@/lib/server_clock.ts";
import { server } from "./server.ts";

// Parts of a browser that jsdom does not have and that only matter for layout.
class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", StillObserver);
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
}));
Element.prototype.scrollIntoView = () => {};
window.scrollTo = () => {};
const styleOf = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => styleOf(element); // jsdom cannot style pseudo elements

// A busy machine is no fault. Looking for roles among hidden elements too is what makes it quick in jsdom; tests that care
// say toBeVisible.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());
beforeEach(async () => {
  window.localStorage.clear();
  await startTexts("vi");
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  forgetServerDate();
  vi.useRealTimers();
});
