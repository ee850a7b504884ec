// Debian's Chromium, driven by playwright-core. Set CHROMIUM to use another one.
import { type Browser, chromium, type Page } from "playwright-core";

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--no-proxy-server",
    ],
  });
}

export interface View {
  width: number;
  height: number;
  language?: string;
}

// A page of its own (own cookies) at `base`; keeps what the browser complains about and what it asks other hosts for.
export async function openPage(browser: Browser, base: string, view: View) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: view.width, height: view.height },
    reducedMotion: "reduce",
    locale: "fr-FR", // neither of ours: nothing may depend on the browser's language
    timezoneId: "America/New_York", // nor on its time zone
  });
  if (view.language) {
    await context.addInitScript((language) => localStorage.setItem("bordergate.language", language), view.language);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== new URL(base).host) strangers.push(request.url());
  });
  return { page, context, complaints, strangers };
}

export async function signIn(page: Page, name: string, password: string, to = "/"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(to)}`);
  await page.locator('input[name="username"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => url.pathname + url.search === to);
}
