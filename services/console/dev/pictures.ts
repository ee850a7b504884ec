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

// Who opens a dialog, where, and by which button; each is looked at as it opens and after it was sent, with a remark
// and nothing else filled in.
const dialogs: [name: string, who: string, path: string, button: string][] = [
  ["person", "quantri", "/people", ".ant-btn-primary"],
  ["roles", "quantri", "/people", "tbody .ant-btn >> nth=0"],
  ["password", "quantri", "/people", "tbody .ant-btn >> nth=1"],
  ["client", "doanhnghiep", "/clients", ".ant-btn-primary"],
  ["driver", "doanhnghiep", "/trips/new", "form .ant-btn:not(.ant-btn-primary) >> nth=1"],
  ["vehicle", "doanhnghiep", "/trips/new", "form .ant-btn:not(.ant-btn-primary) >> nth=0"],
  ["check-in", "baixe", "/yard", ".ant-btn-primary"],
  ["call", "trungtam", "/yard", "tbody .ant-btn >> nth=0"],
  ["step", "kiemdich", "/work", ".row-acts .ant-btn >> nth=0"],
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
    for (const [name, who, path, button] of dialogs) {
      await page.context().clearCookies();
      await signIn(page, who, "demo", path);
      await page.waitForTimeout(900);
      const opener = page.locator("main").locator(button).first();
      if ((await opener.count()) === 0) {
        console.error(language, view, `nothing left to open the dialog ${name} with`); // the rounds before used it up
        continue;
      }
      await opener.click();
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      await page.waitForTimeout(500);
      await shoot(`dialog-${name}`);
      for (const field of await dialog.locator("textarea").all()) await field.fill("Hỏng máy đọc");
      const submit = dialog.locator(".ant-modal-footer .ant-btn-primary");
      if (await submit.isDisabled()) continue;
      await submit.click();
      await page.waitForTimeout(700);
      await shoot(`dialog-${name}-sent`);
    }
    await page.context().close();
  }
}
await browser.close();
