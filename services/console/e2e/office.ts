// What is done at desks: rules, accounts, programs, and an enterprise's first steps.
import { openPage, signIn } from "./browser.ts";
import { check, expectEqual } from "./check.ts";
import { ask, gateUrl, person } from "./gate.ts";
import { as, browser, expectSound, picture, wide } from "./seat.ts";

// `plate`: a truck that a lane has let through; `number`: five digits that nobody else uses.
export async function checkOffice(plate: string, number: string): Promise<void> {
  await rules(plate);
  await accounts(number);
  await programs(number);
  await newcomers(number);
}

async function rules(plate: string): Promise<void> {
  await check(
    "a rule is tried on the day's vehicles, saved with a reason, and another's version is not overwritten",
    async () => {
      const { page, context } = await as("trungtam");
      await page.goto("/rules");
      await page.getByRole("link", { name: "Sửa quy tắc Hữu Nghị · xuất" }).click();
      await page.getByRole("checkbox", { name: "Giấy phép liên vận còn hạn" }).check();
      await page.getByRole("button", { name: "Thử", exact: true }).click();
      await page.locator(".rule-trial").getByText(plate).waitFor();
      await expectSound(page, "the trial");
      await picture(page, "rule");
      await page.getByLabel("Xe khách được ở lại").fill("720");
      await page.getByRole("checkbox", { name: "Giấy phép liên vận còn hạn" }).uncheck();
      await page.getByText("Bạn đã sửa tiếp sau lần thử này").waitFor();
      await page.getByRole("button", { name: "Thử", exact: true }).click();
      await page.getByRole("button", { name: /^Lưu thành bản \d+…$/ }).click();
      const dialog = page.getByRole("dialog");
      await dialog.locator("textarea").fill("Thống nhất với phía bạn");
      await dialog.getByRole("button", { name: "Lưu", exact: true }).click();
      await page.waitForURL((url) => url.pathname === "/rules");
      const card = page.locator("section.card", { hasText: "Hữu Nghị · xuất" });
      await card.getByText("Thống nhất với phía bạn").waitFor();
      await expectSound(page, "the rules");

      await card.getByRole("link").click();
      await page.getByLabel("Xe khách được ở lại").fill("700");
      const { checkpoint_rules } = await ask<{ checkpoint_rules: Record<string, unknown>[] }>(
        person("trungtam"),
        "GET",
        "/v1/checkpoint-rules",
      );
      const {
        version,
        author: _,
        create_time: __,
        ...parts
      } = checkpoint_rules.find((rule) => rule.checkpoint_id === "huu-nghi-export")!;
      await ask(person("trungtam"), "POST", "/v1/checkpoint-rules", {
        ...parts,
        stay_max_h: 600,
        reason: "một người khác",
        base_version: version,
      });
      const conflict = page.getByRole("alert").filter({ hasText: /bản \d+ đã có hiệu lực/ });
      await conflict.getByText("một người khác").waitFor();
      await expectSound(page, "the conflict");
      await conflict.getByRole("button", { name: "Bỏ thay đổi của tôi" }).click();
      expectEqual(await page.getByLabel("Xe khách được ở lại").inputValue(), "600", "the version in force");
      await context.close();
    },
  );
}

async function accounts(number: string): Promise<void> {
  await check("an account is made with a password shown once, works, and is disabled at once", async () => {
    const { page, context } = await as("quantri");
    const login = `can-bo-${number}`;
    await page.goto("/people");
    await page.getByRole("button", { name: "Thêm cán bộ…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Họ và tên").fill(`Cán Bộ ${number}`);
    await dialog.getByLabel("Tên đăng nhập").fill(login);
    await dialog.getByRole("checkbox", { name: "Hải quan" }).check();
    await dialog.getByRole("button", { name: "Thêm", exact: true }).click();
    const password = ((await dialog.locator(".secret code").textContent()) ?? "").trim();
    await expectSound(page, "the password");
    await dialog.getByRole("button", { name: "Đóng" }).click();
    const officer = await openPage(browser, gateUrl(), wide);
    officer.page.setDefaultTimeout(60_000);
    await signIn(officer.page, login, password, "/work");
    const disable = page.getByRole("button", { name: `Vô hiệu hoá tài khoản của Cán Bộ ${number}…` });
    await disable.focus();
    await page.keyboard.press("Enter");
    await dialog.locator("textarea").fill("Chuyển công tác");
    await dialog.getByRole("button", { name: "Vô hiệu hoá", exact: true }).click();
    await page.locator("tr", { hasText: login }).getByText("đã vô hiệu hoá").waitFor();
    await officer.page.getByText("Phiên làm việc đã hết").waitFor();
    await expectSound(page, "the accounts");
    await officer.context.close();
    await context.close();
  });
}

async function programs(number: string): Promise<void> {
  await check("a program gets its secret once, and its token ends with it", async () => {
    const { page, context } = await as("doanhnghiep");
    await page.goto("/clients");
    await page.getByRole("button", { name: "Thêm phần mềm…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Tên phần mềm").fill(`ERP ${number}`);
    await dialog.getByRole("button", { name: "Thêm", exact: true }).click();
    const client_secret = ((await dialog.locator(".secret code").textContent()) ?? "").trim();
    const api_client_id = ((await dialog.locator("p code").first().textContent()) ?? "").trim();
    await dialog.getByRole("button", { name: "Đóng" }).click();
    const token = () => ask<{ access_token: string }>(null, "POST", "/v1/tokens", { api_client_id, client_secret });
    expectEqual((await token()).access_token.startsWith("bg_token_"), true, "a token");
    await expectSound(page, "the programs");
    await page.getByRole("button", { name: `Thu hồi ERP ${number}…` }).click();
    await dialog.getByRole("button", { name: "Thu hồi", exact: true }).click();
    await page
      .locator("tr", { hasText: `ERP ${number}` })
      .getByText("đã thu hồi")
      .waitFor();
    const refused = await token().then(
      () => "",
      (error: Error) => error.message,
    );
    expectEqual(refused.includes("SIGN_IN_REFUSED"), true, refused);
    await context.close();
  });
}

async function newcomers(number: string): Promise<void> {
  await check("an enterprise signs up, registers itself, and can declare", async () => {
    const { page, context } = await openPage(browser, gateUrl(), wide);
    page.setDefaultTimeout(60_000);
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Đăng ký tài khoản doanh nghiệp" }).click();
    await page.getByLabel("Họ và tên người dùng").fill("Lý Thị Mới");
    await page.getByLabel("Tên đăng nhập").fill(`moi-${number}`);
    await page.getByLabel("Mật khẩu").fill("matkhau123");
    await page.getByRole("button", { name: "Tạo tài khoản" }).click();
    await page.getByRole("alert").getByRole("link", { name: "Mật khẩu" }).waitFor();
    await expectSound(page, "signing up with a weak password");
    await page.getByLabel("Mật khẩu").fill(`sầu riêng ${number} lên biên giới`);
    await page.getByRole("button", { name: "Tạo tài khoản" }).click();
    await page.waitForURL((url) => url.pathname === "/enterprise");
    await page.getByLabel("Tên đăng ký").fill(`Công ty TNHH Mới ${number}`);
    await page.getByLabel("Mã số thuế").fill(`49001${number}`);
    await page.getByLabel("Địa chỉ").fill("Đồng Đăng, Lạng Sơn");
    await page.getByLabel("Điện thoại").fill("+84912345678");
    await page.getByRole("button", { name: "Đăng ký doanh nghiệp" }).click();
    await page.getByRole("link", { name: "Khai chuyến xe" }).waitFor();
    await expectSound(page, "the enterprise");
    await context.close();
  });
}
