// Takes a picture of every screen, so that a person can look at them.
//   node dev/pictures.ts http://127.0.0.1:5173 FOLDER [language...]
import { mkdirSync } from "node:fs";
import { openBrowser, openPage, signIn } from "../e2e/browser.ts";

const [base = "http://127.0.0.1:5173", folder = "pictures", ...wanted] = process.argv.slice(2);
const views = { wide: { width: 1920, height: 1080 }, phone: { width: 390, height: 844 } };
const screens: [name: string, path: string][] = [
  ["start", "/"],
  ["wall", "/lanes"],
  ["lane", "/lanes/huu-nghi-x3"],
  ["work", "/work"],
  ["trips", "/trips"],
  ["trip", "/trips/trip_19C07788"],
  ["passages", "/passages?plate=12"],
  ["me", "/me"],
  ["board", "/board.html"],
];

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const language of wanted.length > 0 ? wanted : ["vi", "en", "zh"]) {
  for (const [view, size] of Object.entries(views)) {
    const { page, complaints, strangers } = await openPage(browser, base, { ...size, language });
    const shoot = (name: string) =>
      page.screenshot({ path: `${folder}/${language}-${view}-${name}.png`, fullPage: view === "phone" });
    await page.goto("/sign-in");
    await page.locator("form").waitFor();
    await shoot("sign-in");
    await signIn(page, "bienphong", "demo");
    for (const [name, path] of screens) {
      await page.goto(path);
      await page.locator("h1").first().waitFor();
      await page.waitForTimeout(900);
      await shoot(name);
    }
    await page.goto("/lanes");
    await page.locator("#lane-huu-nghi-n3").waitFor();
    await page.locator('article[aria-labelledby="lane-huu-nghi-n3"] .tile-actions button').first().click();
    await page.waitForTimeout(700);
    await shoot("open");
    if (complaints.length + strangers.length > 0) console.error(language, view, complaints, strangers);
    await page.context().close();
  }
}
await browser.close();
