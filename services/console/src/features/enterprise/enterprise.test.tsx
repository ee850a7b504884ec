// Goal: an enterprise makes its account and registers itself, each fault at its field, and nobody else does. Method: the
// whole console in jsdom before an invented gate.
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { makeMe, makeVehicle } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

const newcomer = makeMe("ROLE_ENTERPRISE", "Lý Thị Mới", { enterprise_id: "enterprise_new" });

test("signing up: a weak password and a taken name at their fields, the password sent as typed", async () => {
  const { user, address, world } = renderAt("/sign-in", null);
  const signedIn: unknown[] = [];
  await user.click(await screen.findByRole("link", { name: "Đăng ký tài khoản doanh nghiệp" }));
  await user.type(await screen.findByLabelText("Họ và tên người dùng"), "Lý Thị Mới");
  await user.type(screen.getByLabelText("Tên đăng nhập"), "doanhnghiep");
  await user.type(screen.getByLabelText("Mật khẩu"), "ngan");
  await user.click(screen.getByRole("button", { name: "Tạo tài khoản" }));
  expect(await screen.findByRole("link", { name: "Mật khẩu" })).toBeVisible();
  expect(await axeFaults()).toEqual([]);
  const sent: unknown[] = [];
  server.use(
    http.post(/sign-up$/, async ({ request }) => {
      sent.push(await request.clone().json());
    }),
  );
  await user.clear(screen.getByLabelText("Mật khẩu"));
  await user.type(screen.getByLabelText("Mật khẩu"), " cầu treo bắc qua sông ");
  await user.click(screen.getByRole("button", { name: "Tạo tài khoản" }));
  expect(await screen.findByRole("link", { name: "Tên đăng nhập" })).toBeVisible();
  expect(sent[0]).toMatchObject({ password: " cầu treo bắc qua sông ", display_name: "Lý Thị Mới" });
  server.use(
    http.post(/\/v1\/sign-in$/, async ({ request }) => {
      signedIn.push(await request.json());
      world.me = newcomer; // jsdom keeps no cookie that is Secure
      return HttpResponse.json({});
    }),
  );
  await user.clear(screen.getByLabelText("Tên đăng nhập"));
  await user.type(screen.getByLabelText("Tên đăng nhập"), "moi.ltd");
  await user.click(screen.getByRole("button", { name: "Tạo tài khoản" }));
  await waitFor(() => expect(address()).toBe("/enterprise"));
  expect(signedIn).toEqual([{ sign_in_name: "moi.ltd", password: " cầu treo bắc qua sông " }]);
  expect(await screen.findByLabelText("Mã số thuế")).toBeVisible();
}, 60_000);

test("an enterprise registers itself once; a taken tax code is said at its field", async () => {
  const { user, world } = renderAt("/enterprise", newcomer);
  await user.type(await screen.findByLabelText("Tên đăng ký"), "Công ty TNHH Mới");
  await user.type(screen.getByLabelText("Mã số thuế"), "4900123456");
  await user.type(screen.getByLabelText("Địa chỉ"), "Đồng Đăng");
  await user.type(screen.getByLabelText("Điện thoại"), "+84912345678");
  await user.click(screen.getByRole("button", { name: "Đăng ký doanh nghiệp" }));
  expect(await screen.findByRole("link", { name: "Mã số thuế" })).toBeVisible();
  expect(await axeFaults()).toEqual([]);
  await user.clear(screen.getByLabelText("Mã số thuế"));
  await user.type(screen.getByLabelText("Mã số thuế"), "4900999999");
  await user.click(screen.getByRole("button", { name: "Đăng ký doanh nghiệp" }));
  expect(await screen.findByText("Công ty TNHH Mới")).toBeVisible();
  expect(screen.getByRole("link", { name: "Khai chuyến xe" })).toBeVisible();
  expect(world.enterprises.get("enterprise_new")!.tax_code).toBe("4900999999");
}, 60_000);

test("an officer has no enterprise, and a service that is down is no missing registration", async () => {
  const { unmount } = renderAt("/enterprise", "ROLE_BORDER_GUARD");
  expect(await screen.findByText("Tài khoản này không thuộc doanh nghiệp nào.")).toBeVisible();
  unmount();
  renderAt("/enterprise", newcomer, new World());
  server.use(http.get(/\/v1\/enterprises\//, () => problem(503, "SERVICE_UNAVAILABLE")));
  expect(await screen.findByRole("button", { name: "Thử lại" })).toBeVisible();
  expect(screen.queryByLabelText("Mã số thuế")).toBeNull();
});

test("an enterprise sees its vehicles and changes a transponder; one of another vehicle is refused at its field", async () => {
  const world = new World();
  const taken = { ...makeVehicle("29C12345"), tag_id: "E2801160600002054A8B1C2D" };
  world.vehicles = [makeVehicle("12C34567"), taken];
  const lan = makeMe("ROLE_ENTERPRISE", "Nông Thị Xuất", { enterprise_id: "enterprise_rauqua" });
  const { user } = renderAt("/enterprise", lan, world);
  await user.click(await screen.findByRole("button", { name: "Thẻ RFID của xe 12C-345.67" }));
  const field = await screen.findByLabelText("Thẻ RFID (mã TID)");
  expect(field).toHaveAccessibleDescription(/ứng dụng của đơn vị thu phí/);
  await user.type(field, "e2801160600002054a8b1c2d");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  expect(await screen.findByText("Thẻ RFID đã gắn với xe khác.")).toBeVisible();
  expect(await axeFaults()).toEqual([]);
  await user.type(field, "ff");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  expect(await screen.findByText("E2801160600002054A8B1C2DFF")).toBeVisible();
  expect(world.vehicles[0]!.tag_id).toBe("E2801160600002054A8B1C2DFF");
  await user.click(await screen.findByRole("button", { name: "Thẻ RFID của xe 12C-345.67" }));
  await user.clear(await screen.findByLabelText("Thẻ RFID (mã TID)"));
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() => expect(world.vehicles[0]!.tag_id).toBe(""));
  expect(await screen.findByText("không có")).toBeVisible();
}, 60_000);
