// Somebody at a screen of a running gate, and what every screen must be.
import type { Page } from "playwright-core";
import { openBrowser, openPage, signIn } from "./browser.ts";
import { expectEqual } from "./check.ts";
import { axeFaults, brokenTexts, isTooWide } from "./faults.ts";
import { gateUrl, person } from "./gate.ts";

export const wide = { width: 1920, height: 1080, language: "vi" };
export const browser = await openBrowser();

// A page of its own, signed in as this person.
export async function as(word: string, view = wide) {
  const opened = await openPage(browser, gateUrl(), view);
  opened.page.setDefaultTimeout(60_000);
  const { name, password } = person(word);
  await signIn(opened.page, name, password);
  return opened;
}

// Keeps what is seen now, when pictures are wanted.
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.BORDERGATE_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

// No finding of axe, every text there, nothing too wide.
export async function expectSound(page: Page, what: string): Promise<void> {
  expectEqual(await axeFaults(page), [], `axe: ${what}`);
  expectEqual(await brokenTexts(page), [], `texts: ${what}`);
  expectEqual(await isTooWide(page), false, `too wide: ${what}`);
}
