// One truck's way as its people see it in a browser, against a gate where nobody else acts: declared by its enterprise,
// confirmed by the agencies, paid, called, read and let through; another is refused and a third let through by hand; a
// session ends and the gateway dies under a page that is open.
//   eval "$(./run status -o env)"; npm run e2e:journey        tests/journey/console_test.py starts such a gate
// BORDERGATE_PICTURES names a folder for pictures of what was seen.
import type { Page } from "playwright-core";
import { openPage } from "./browser.ts";
import { check, expectEqual, finish } from "./check.ts";
import { ask, backOut, gateUrl, kill, pay, person, placeTruck, until, waitTruck } from "./gate.ts";
import { checkOffice } from "./office.ts";
import { as, browser, expectSound, picture, wide } from "./seat.ts";

const lane = "huu-nghi-x1";
const title = "X1";
const digits = (count: number) => String(Math.floor(Math.random() * 10 ** count)).padStart(count, "0");
const number = digits(5);
const [normalised, plate] = [`12C${number}`, `12C-${number.slice(0, 3)}.${number.slice(3)}`];
let tripId = "";

// At the yard's page, until the yard knows the trip; the truck is called at once.
async function checkIn(page: Page): Promise<void> {
  await page.goto("/yard");
  await page.getByRole("button", { name: "Ghi xe vào bãi…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Biển số").fill(plate);
  const done = dialog.getByText("Xe đã vào bãi, số");
  await until(
    "the check-in",
    async () => {
      await dialog.getByRole("button", { name: "Ghi vào bãi" }).click();
      await done.or(dialog.getByRole("alert")).first().waitFor();
      return done.isVisible();
    },
    (isIn) => isIn,
  );
  await dialog.getByRole("button", { name: "Đóng" }).click();
  await page.locator("tr", { hasText: plate }).getByText(/^còn /).waitFor();
}

const tile = (page: Page) => page.locator(`article[aria-labelledby="lane-${lane}"]`);

// A step that the next ones rest on.
async function step(name: string, action: () => Promise<void>): Promise<void> {
  if (!(await check(name, action))) finish();
}

const homes = {
  bienphong: ["/lanes", "Làn xe, Việc chờ tôi, Chuyến xe, Lượt qua, Bãi chờ, Bảng công khai"],
  trungtam: ["/lanes", "Làn xe, Chuyến xe, Lượt qua, Bãi chờ, Quy tắc, Bảng công khai"],
  haiquan: ["/work", "Làn xe, Việc chờ tôi, Chuyến xe, Lượt qua, Bảng công khai"],
  kiemdich: ["/work", "Làn xe, Việc chờ tôi, Chuyến xe, Bảng công khai"],
  yte: ["/work", "Làn xe, Việc chờ tôi, Chuyến xe, Bảng công khai"],
  baixe: ["/work", "Làn xe, Việc chờ tôi, Chuyến xe, Bãi chờ, Bảng công khai"],
  thuphi: ["/trips", "Làn xe, Chuyến xe, Lượt qua, Bảng công khai"],
  csgt: ["/trips", "Làn xe, Chuyến xe, Bãi chờ, Bảng công khai"],
  kiemtra: ["/trips", "Làn xe, Chuyến xe, Lượt qua, Bãi chờ, Quy tắc, Người dùng, Phần mềm kết nối, Bảng công khai"],
  doanhnghiep: ["/trips", "Chuyến xe, Phần mềm kết nối, Bảng công khai"],
  quantri: ["/people", "Người dùng, Phần mềm kết nối, Bảng công khai"],
} as const;

for (const [word, [home, screens]] of Object.entries(homes)) {
  await check(`${word} signs in, begins at ${home}, finds the screens of the role, and signs out`, async () => {
    const { page, context } = await openPage(browser, gateUrl(), wide);
    page.setDefaultTimeout(60_000);
    const { name, password } = person(word);
    await page.goto("/sign-in");
    await page.locator('input[name="username"]').fill(name);
    await page.locator('input[name="password"]').fill(password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === home);
    const links = await page.locator("nav a").allInnerTexts();
    expectEqual(links.join(", "), screens, "screens");
    await page.goto("/me");
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.getByRole("link", { name: "Đăng nhập" }).first().waitFor();
    await page.goto("/trips");
    await page.waitForURL((url) => url.pathname === "/sign-in");
    await context.close();
  });
}

await step("an enterprise declares a trip: faults at their fields, then truck, driver and goods", async () => {
  const { page, context } = await as("doanhnghiep");
  await page.goto("/trips");
  await page.getByRole("link", { name: "Khai chuyến xe" }).click();
  const send = page.locator('.declare button[type="submit"]');
  await send.click();
  await page.getByRole("alert").getByText("Mã HS, dòng 1").waitFor();
  await page.locator(".ant-form-item-explain-error", { hasText: "bắt buộc phải có" }).first().waitFor();
  await expectSound(page, "the form with its faults");
  await page.getByRole("alert").getByText("Mã HS, dòng 1").click();
  expectEqual(await page.evaluate(() => document.activeElement?.id), "declare_goods_0_hs_code", "focus");
  await page.keyboard.type("08106000");
  await page.getByRole("alert").getByText("Mã HS, dòng 1").waitFor({ state: "detached" });

  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Đăng ký xe…" }).click();
  await dialog.getByLabel("Biển số").fill("12");
  await dialog.getByRole("button", { name: "Đăng ký" }).click();
  await dialog.getByText("biển số không đúng dạng").first().waitFor();
  await expectSound(page, "the registration with its faults");
  await dialog.getByLabel("Biển số").fill(plate);
  await dialog.getByLabel("Số trục").fill("3");
  await dialog.getByLabel("Khối lượng bản thân (kg)").fill("9000");
  await dialog.getByLabel("Khối lượng toàn bộ cho phép (kg)").fill("25000");
  await dialog.getByRole("button", { name: "Đăng ký" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Đăng ký lái xe…" }).click();
  await dialog.getByLabel("Họ và tên").fill("Lương Văn Lái");
  await dialog.getByLabel("Số giấy tờ").fill(`B${digits(8)}`);
  await dialog.getByLabel("Có hạn đến").fill("31/12/2031");
  await dialog.getByLabel("Điện thoại").fill("+84912345678");
  await dialog.getByRole("button", { name: "Đăng ký" }).click();
  await dialog.waitFor({ state: "detached" });

  await page.getByLabel("Lối đi (mốc)").fill("1119-1120");
  await page.getByLabel("Điện thoại liên hệ").fill("+84912345678");
  await page.getByLabel("Mô tả hàng").fill("Sầu riêng tươi Ri6");
  await page.getByLabel("Số kiện").fill("900");
  await page.getByLabel("Cả bì (kg)").fill("16200");
  await page.getByLabel("Tịnh (kg)").fill("15300");
  await page.getByLabel("Trị giá").fill("1500000000");
  await page.getByLabel("Số giấy kiểm dịch").fill("KD-2026-000123");
  await send.click();
  await page.waitForURL(/\/trips\/trip_/);
  tripId = new URL(page.url()).pathname.split("/")[2]!;
  await page.getByRole("heading", { name: `Chuyến xe ${plate}` }).waitFor();
  await page.getByText("chưa nộp đủ").waitFor();
  const { trip } = await ask<{ trip: { goods: { value_minor: string; gross_mass_kg: string }[] } }>(
    person("doanhnghiep"),
    "GET",
    `/v1/trips/${tripId}`,
  );
  const [line] = trip.goods;
  expectEqual([line?.value_minor, line?.gross_mass_kg], ["1500000000", "16200"], "what was kept");
  await context.close();
});

await step("plant quarantine holds the trip from its list, sees it among its holds, and releases it", async () => {
  const { page, context } = await as("kiemdich");
  await page.goto("/work");
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: new RegExp(`^Tạm giữ xe ${plate}`) }).click();
  await dialog.getByText("Sầu riêng tươi Ri6").waitFor();
  await dialog.locator("textarea").fill("Lấy mẫu kiểm tra ruồi đục quả");
  await expectSound(page, "the dialog");
  await dialog.getByRole("button", { name: "Tạm giữ" }).click();
  await page.getByRole("heading", { name: "Lực lượng của bạn đang tạm giữ" }).waitFor();
  await page.getByText("Lấy mẫu kiểm tra ruồi đục quả").waitFor();
  await expectSound(page, "the list of work");
  await picture(page, "work");
  await page.getByRole("button", { name: new RegExp(`^Bỏ tạm giữ xe ${plate}`) }).click();
  await dialog.locator("textarea").fill("Mẫu đạt");
  await dialog.getByRole("button", { name: "Bỏ tạm giữ" }).click();
  await page.getByRole("button", { name: new RegExp(`^Xác nhận bước .* ${plate}`) }).waitFor();
  await context.close();
});

for (const word of ["yte", "kiemdich", "bienphong", "haiquan"]) {
  await step(`${word} finds the trip in its list of work and confirms it by keyboard`, async () => {
    const { page, context } = await as(word);
    await page.goto("/work");
    const row = page.getByRole("button", { name: new RegExp(`^Xác nhận bước .* ${plate}`) });
    await row.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Xác nhận" }).focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await row.waitFor({ state: "detached" });
    await context.close();
  });
}

await step("the enterprise sees the fee paid, the place in the order and the call", async () => {
  const { page, context } = await as("doanhnghiep");
  await page.goto(`/trips/${tripId}`);
  await page.getByText("đủ điều kiện qua").first().waitFor();
  await pay(person("doanhnghiep"), tripId);
  await page.getByText("đã nộp đủ").waitFor();
  const yard = await as("baixe");
  await checkIn(yard.page);
  await expectSound(yard.page, "the yard");
  await picture(yard.page, "yard");
  await yard.context.close();
  await page.getByText("đã được gọi").waitFor();
  await page.goto("/trips");
  const row = page.locator("tr", { hasText: plate });
  await row.getByText("đã được gọi").waitFor();
  await row.getByText("đã nộp đủ").waitFor();
  await expectSound(page, "the enterprise's trips");
  await context.close();
});

await step(
  "the wall shows the truck with picture, plate and decision, then free again; the timeline tells it",
  async () => {
    const { page, context } = await as("bienphong");
    await page.goto("/lanes");
    await tile(page).waitFor();
    await placeTruck(lane, plate, { trip_id: tripId });
    await tile(page).locator(".plate-line", { hasText: plate }).waitFor();
    await tile(page).getByText("Cho qua", { exact: true }).waitFor();
    await tile(page).getByText("Đủ mọi điều kiện").waitFor();
    await tile(page)
      .locator(".facts > div:first-child dd", { hasText: /^nâng$/ })
      .waitFor();
    const drawn = await tile(page)
      .locator(".evidence img")
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
    expectEqual(drawn, 1280, "width of the picture");
    await picture(page, "passing");
    await tile(page).getByText("trống", { exact: true }).first().waitFor();
    await page.goto(`/trips/${tripId}`);
    await page.getByText("đã qua").first().waitFor();
    await page
      .locator(".timeline")
      .getByText(/qua làn/)
      .first()
      .waitFor();
    await expectSound(page, "the trip");
    await picture(page, "trip");
    await page.goto(`/passages?plate=${normalised}`);
    await page.locator("tr", { hasText: plate }).locator(".passage-picture img").waitFor();
    await context.close();
  },
);

await step("an undeclared truck is refused by hand with a reason", async () => {
  const { page, context } = await as("bienphong");
  await page.goto("/lanes");
  const truck = await placeTruck(lane, "29C-411.11");
  await tile(page).getByText("Không có tờ khai nào cho biển số này").waitFor();
  await tile(page)
    .getByRole("button", { name: `Từ chối… xe ở làn ${title}` })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Thiếu giấy tờ/ }).check();
  await expectSound(page, "the refusal");
  await dialog.getByRole("button", { name: `Từ chối xe ở làn ${title}` }).click();
  await dialog.getByRole("status").waitFor();
  await dialog.getByRole("button", { name: "Đóng" }).last().click();
  await tile(page).getByText("Thiếu giấy tờ").waitFor();
  await picture(page, "lane-wall");
  await backOut(lane, truck);
  await tile(page).getByText("trống", { exact: true }).first().waitFor();
  await context.close();
});

await step("another one is let through by hand, by keyboard alone, and every step is told by a switch", async () => {
  const { page, context } = await as("bienphong");
  await page.goto("/lanes");
  const truck = await placeTruck(lane, "29C-422.22");
  const opener = tile(page).getByRole("button", { name: `Mở… barie làn ${title}` });
  await tile(page).getByText("Không có tờ khai nào cho biển số này").waitFor();
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("29C-422.22").first().waitFor();
  await page.keyboard.press("3");
  await dialog.locator("input[type=radio]:checked").waitFor();
  await picture(page, "open");
  await dialog.getByRole("button", { name: `Mở barie làn ${title}` }).focus();
  await page.keyboard.press("Enter");
  await dialog.getByText("Đã mở: công tắc hành trình trên đã báo.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await waitTruck(truck, "truck.passed");
  await page.goto("/passages?plate=29C42222");
  await page.locator("tr", { hasText: "29C-422.22" }).getByText("cán bộ mở").waitFor();
  await context.close();
});

await check("who may not read the watch list sees that an officer checks the vehicle, and not why", async () => {
  const watched = "29C-433.34";
  const { watch_list_entry } = await ask<{ watch_list_entry: { watch_list_entry_id: string } }>(
    person("bienphong"),
    "POST",
    "/v1/watch-list",
    { plate: watched, cause: "CAUSE_SMUGGLING", note: "tin báo" },
  );
  const guard = await as("bienphong");
  const operator = await as("baixe");
  await guard.page.goto("/lanes");
  await operator.page.goto("/lanes");
  const truck = await placeTruck(lane, watched);
  await tile(guard.page).getByText("Biển số có trong danh sách theo dõi").waitFor();
  await tile(operator.page).getByText("Cán bộ cần kiểm tra xe này").waitFor();
  expectEqual(await operator.page.getByText("danh sách theo dõi").count(), 0, "what the operator reads of the list");
  await picture(operator.page, "officer-check");
  await backOut(lane, truck);
  await ask(person("bienphong"), "POST", `/v1/watch-list/${watch_list_entry.watch_list_entry_id}:remove`, {
    reason: "đã kiểm tra xong",
  });
  await guard.context.close();
  await operator.context.close();
});

await checkOffice(plate, number);

await check("the public board counts what went through", async () => {
  const { page, context } = await openPage(browser, gateUrl(), { width: 1280, height: 720, language: "vi" });
  await page.goto("/board.html");
  await page.locator(".age").waitFor();
  await expectSound(page, "the board");
  await picture(page, "board");
  await context.close();
});

await check("a session that ends under an open page leads to the sign-in and back to the same page", async () => {
  const { page, context } = await as("haiquan");
  await page.goto("/trips?state=STATE_CROSSED");
  await page.locator("tr", { hasText: plate }).waitFor();
  const other = await context.newPage();
  await other.goto("/me");
  await other.getByRole("button", { name: "Đăng xuất" }).click();
  await other.close();
  await page.getByText("Phiên làm việc đã hết").waitFor();
  const { name, password } = person("haiquan");
  await page.locator('input[name="username"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname + url.search === "/trips?state=STATE_CROSSED");
  await context.close();
});

await check("the gateway is killed: the wall keeps its last picture, says so, and comes back by itself", async () => {
  const { page, context } = await as("bienphong");
  await page.goto("/lanes");
  await page.locator('.connection[data-connection="open"]').waitFor();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  kill("gateway");
  await page.locator('.connection[data-connection="broken"]').waitFor();
  await page.locator('.connection[data-connection="open"]').waitFor();
  await page.locator('.tile[data-stale="false"]').first().waitFor();
  expectEqual(await page.evaluate(() => "sameDocument" in window), true, "no reload");
  await page.getByRole("heading", { name: "Làn xe" }).waitFor();
  await context.close();
});

await browser.close();
finish();
