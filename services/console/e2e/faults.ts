// What a browser can see of a page's faults: rules of accessibility, things that do not fit, texts without a translation.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const axeSource = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf-8");

interface AxeResult {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

// Broken rules of WCAG 2.0 to 2.2, levels A and AA, on the page as it stands.
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })`,
  )) as AxeResult;
  return result.violations.flatMap((rule) =>
    rule.nodes
      .slice(0, 3)
      .map((node) => `${rule.id} ${JSON.stringify(node.target)} ${node.failureSummary?.split("\n")[1] ?? ""}`),
  );
}

// The page is wider than the screen, so that a person would have to scroll sideways.
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

// Tiles of the wall whose content does not fit into them.
export function overfullTiles(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".tile")]
      .filter((tile) => {
        const facts = tile.querySelector<HTMLElement>(".tile-facts")!;
        const foot = tile.querySelector<HTMLElement>(".tile-foot")!;
        const low = foot.getBoundingClientRect().bottom > tile.getBoundingClientRect().bottom + 1;
        return low || facts.scrollHeight > facts.clientHeight + 1;
      })
      .map((tile) => tile.querySelector("h2")!.textContent ?? ""),
  );
}

// Marks of texts that were not found or not filled in.
export async function brokenTexts(page: Page): Promise<string[]> {
  // biome-ignore lint/performance/useDomNodeTextContent: what a person can see, not what is in scripts and styles
  const text = await page.evaluate(() => document.body.innerText);
  return text.match(/\{\{\w*\}\}|undefined|NaN|\[object|…\s…|\b[a-z]+\.[a-z]+\.[A-Za-z_]+\b/g) ?? [];
}
