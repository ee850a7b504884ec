// The console in a real browser, against a running gate or the invented one.
//   eval "$(./run status -o env)"; npm run e2e          a gate that ./run started
//   npm run e2e:mock                                    the built pages with the invented gate
// Reads BORDERGATE_URL and the accounts: BORDERGATE_BIENPHONG_NAME, BORDERGATE_BIENPHONG_PASSWORD, and the same of
// DOANHNGHIEP, TRUNGTAM and QUANTRI.
import type { Page } from "playwright-core";
import { openBrowser, openPage, signIn } from "./browser.ts";
import { check, expectEqual, finish } from "./check.ts";
import { axeFaults, brokenTexts, isTooWide, overfullTiles } from "./faults.ts";
import { openLine } from "./line.ts";

const base = process.env.BORDERGATE_URL ?? "http://127.0.0.1:5173";
const account = (word: string): [name: string, password: string] => [
  process.env[`BORDERGATE_${word.toUpperCase()}_NAME`] ?? word,
  process.env[`BORDERGATE_${word.toUpperCase()}_PASSWORD`] ?? "demo",
];
const [name, password] = account("bienphong");

const routes = ["/", "/lanes", "/work", "/trips", "/passages", "/yard", "/me", "/board.html"];
// Pages of other people.
const others = {
  doanhnghiep: ["/enterprise", "/clients"],
  trungtam: ["/rules", "/rules/huu-nghi-export", "/yard"],
  quantri: ["/people", "/clients"],
};
const boardBytesMax = 30_000;
const browser = await openBrowser();

// The browser itself reports the 401 by which a page learns that nobody is signed in.
const real = (complaints: string[]) => complaints.filter((each) => !each.includes("401"));

async function settle(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  if (path === "/lanes") await page.locator(".tile").first().waitFor();
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.querySelector(".ant-spin-spinning") === null);
}

await check("the public board works signed out and weighs at most 30 kB", async () => {
  const { page, context, complaints, strangers } = await openPage(browser, base, { width: 390, height: 844 });
  let bytes = 0;
  const sizes: Promise<void>[] = [];
  page.on("requestfinished", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith("/v1/")) return;
    sizes.push(
      request.sizes().then((size) => {
        bytes += size.responseBodySize;
      }),
    );
  });
  await page.goto("/board.html");
  await page.locator(".age").waitFor();
  await Promise.all(sizes);
  expectEqual(bytes > 1000 && bytes <= boardBytesMax, true, `${bytes} bytes`);
  expectEqual([real(complaints), strangers], [[], []], "complaints and requests to other hosts");
  await context.close();
});

await check("the short name of the board leads to it", async () => {
  const { page, context } = await openPage(browser, base, { width: 390, height: 844 });
  await page.goto("/board?lang=zh");
  await page.locator(".age").waitFor();
  await context.close();
});

await check("signing in by keyboard alone leads to the wall", async () => {
  const { page, context } = await openPage(browser, base, { width: 1920, height: 1080 });
  await page.goto("/lanes");
  await page.locator('input[name="username"]').waitFor();
  await page.locator('input[name="username"]').focus();
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.locator(".tile").first().waitFor();
  expectEqual(new URL(page.url()).pathname, "/lanes", "address");
  await context.close();
});

for (const language of ["vi", "en", "zh"]) {
  const { page, context, complaints, strangers } = await openPage(browser, base, {
    width: 1920,
    height: 1080,
    language,
  });
  await signIn(page, name, password);
  for (const path of routes) {
    await check(`${language} ${path}: no finding of axe, every text there, nothing too wide`, async () => {
      await settle(page, path);
      expectEqual(await axeFaults(page), [], "axe");
      expectEqual(await brokenTexts(page), [], "texts");
      expectEqual(await isTooWide(page), false, "too wide");
    });
  }
  for (const [word, paths] of Object.entries(others)) {
    const seat = await openPage(browser, base, { width: 1440, height: 900, language });
    await signIn(seat.page, ...account(word));
    for (const path of paths) {
      await check(`${language} ${word} ${path}: no finding of axe, every text there, nothing too wide`, async () => {
        await settle(seat.page, path);
        expectEqual(await axeFaults(seat.page), [], "axe");
        expectEqual(await brokenTexts(seat.page), [], "texts");
        expectEqual(await isTooWide(seat.page), false, "too wide");
        expectEqual([real(seat.complaints), seat.strangers], [[], []], "complaints, strangers");
      });
    }
    await seat.context.close();
  }
  await check(`${language} the wall fits on one screen, every tile holds what it shows`, async () => {
    await settle(page, "/lanes");
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expectEqual([height <= 1080, await overfullTiles(page)], [true, []], `height ${height}, overfull tiles`);
  });
  await check(`${language} one tap from the wall to a lane, one more to its evidence`, async () => {
    await settle(page, "/lanes");
    await page.locator(".tile h2 a").first().click();
    await page.locator(".lane-page .tile").waitFor();
    expectEqual(await axeFaults(page), [], "axe");
  });
  await check(`${language} no complaint of the browser and no request to another host`, async () => {
    expectEqual([real(complaints), strangers], [[], []], "complaints, strangers");
  });
  await context.close();
}

for (const width of [390, 320]) {
  const { page, context } = await openPage(browser, base, { width, height: 844, language: "vi" });
  await signIn(page, name, password);
  await check(`every page fits a screen of ${width} px without scrolling sideways`, async () => {
    for (const path of routes) {
      await settle(page, path);
      expectEqual(await isTooWide(page), false, path);
    }
  });
  await context.close();
  for (const [word, paths] of Object.entries(others)) {
    const seat = await openPage(browser, base, { width, height: 844, language: "vi" });
    await signIn(seat.page, ...account(word));
    await check(`every page of ${word} fits a screen of ${width} px without scrolling sideways`, async () => {
      for (const path of paths) {
        await settle(seat.page, path);
        expectEqual(await isTooWide(seat.page), false, path);
      }
    });
    await seat.context.close();
  }
}

await check("a command is chosen and left by keyboard, and its dialog has no finding of axe", async () => {
  const { page, context } = await openPage(browser, base, { width: 1920, height: 1080, language: "vi" });
  await signIn(page, name, password, "/lanes");
  const opener = page.locator(".tile-actions button").first();
  await opener.waitFor({ timeout: 60_000 });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await page.keyboard.press("2");
  await dialog.locator("input[type=radio]:checked").waitFor();
  expectEqual(await axeFaults(page), [], "axe");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const place = await page.evaluate(() => document.activeElement?.closest(".tile") !== null);
  expectEqual(place, true, "focus is back in the tile");
  await context.close();
});

await check("a page that is left open while the connection breaks says so and repairs itself", async () => {
  const line = await openLine(base);
  const { page, context } = await openPage(browser, line.url, { width: 1920, height: 1080, language: "vi" });
  await signIn(page, name, password, "/lanes");
  await page.locator('.connection[data-connection="open"]').waitFor();
  line.cut();
  await page.locator('.connection[data-connection="broken"]').waitFor({ timeout: 30_000 });
  await page.locator('.tile[data-stale="true"]').first().waitFor({ timeout: 30_000 });
  expectEqual(await page.locator('.tile[data-stale="true"] button').count(), 0, "commands on lost lanes");
  line.mend();
  await page.locator('.connection[data-connection="open"]').waitFor({ timeout: 30_000 });
  await page.locator('.tile[data-stale="false"]').first().waitFor({ timeout: 30_000 });
  await context.close();
  line.close();
});

await browser.close();
finish();
