// Goal: accounts are made, changed and disabled by an administrator only, with a reason, and a password is shown once.
// Method: the whole console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { makePerson } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function office(): World {
  const world = new World();
  world.persons = [
    makePerson("an.nv", { display_name: "Lê Văn Lính" }),
    makePerson("cuu", { display_name: "Đàm Văn Cựu", state: "STATE_DISABLED" }),
    makePerson("ketoan", {
      display_name: "Công ty Rau quả",
      roles: ["ROLE_ENTERPRISE"],
      enterprise_id: "enterprise_1",
    }),
    makePerson("quantri", { display_name: "Bế Thị Quản", roles: ["ROLE_ADMINISTRATOR"] }),
  ];
  return world;
}

const row = async (name: string) => (await screen.findByText(name)).closest("tr")!;
const names = (element: HTMLElement) =>
  within(element)
    .queryAllByRole("button")
    .map((each) => each.textContent);

test("the administrator sees every account with what can be done; an auditor can do nothing; others nothing at all", async () => {
  const { unmount } = renderAt("/people", "ROLE_ADMINISTRATOR", office());
  expect(names(await row("Lê Văn Lính"))).toEqual(["Vai trò…", "Mật khẩu mới…", "Vô hiệu hoá…"]);
  expect(await row("Lê Văn Lính")).toHaveTextContent("mọi cửa khẩu");
  expect(names(await row("Công ty Rau quả"))).toEqual(["Mật khẩu mới…", "Vô hiệu hoá…"]);
  expect(names(await row("Đàm Văn Cựu"))).toEqual([]);
  expect(await row("Đàm Văn Cựu")).toHaveTextContent("đã vô hiệu hoá");
  expect(await axeFaults()).toEqual([]);
  unmount();
  const auditor = renderAt("/people", "ROLE_AUDITOR", office());
  expect(names(await row("Lê Văn Lính"))).toEqual([]);
  expect(screen.queryByRole("button", { name: "Thêm cán bộ…" })).toBeNull();
  auditor.unmount();
  renderAt("/people", "ROLE_BORDER_GUARD", office());
  expect(await screen.findByText(/ROLE_MISSING/)).toBeVisible();
});

test("an account is made: a taken name at its field, then the password once", async () => {
  const { user, world } = renderAt("/people", "ROLE_ADMINISTRATOR", office());
  await user.click(await screen.findByRole("button", { name: "Thêm cán bộ…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Họ và tên"), "Hoàng Thị Mới");
  const name = within(dialog).getByLabelText("Tên đăng nhập");
  await user.type(name, "an.nv");
  await user.click(within(dialog).getByRole("checkbox", { name: "Kiểm dịch y tế" }));
  await user.click(await within(dialog).findByRole("checkbox", { name: "Hữu Nghị" }));
  await user.click(within(dialog).getByRole("button", { name: "Thêm" }));
  expect(await within(dialog).findByRole("link", { name: "Tên đăng nhập" })).toBeVisible();
  await user.clear(name);
  await user.type(name, "moi.ht");
  await user.click(within(dialog).getByRole("button", { name: "Thêm" }));
  expect(await within(dialog).findByText("tam-7Kq2-Vx9d-rL")).toBeVisible();
  expect(within(dialog).getByText(/Chỉ hiện một lần này/)).toBeVisible();
  await user.keyboard("{Escape}");
  expect(within(dialog).getByText("tam-7Kq2-Vx9d-rL")).toBeVisible();
  expect(await axeFaults(dialog)).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Đóng" }));
  expect(await row("Hoàng Thị Mới")).toHaveTextContent("Hữu Nghị");
  expect(document.body).not.toHaveTextContent("tam-7Kq2");
  expect(world.posted.at(-1)!.body).toEqual({
    display_name: "Hoàng Thị Mới",
    sign_in_name: "moi.ht",
    roles: ["ROLE_HEALTH"],
    gate_ids: ["huu-nghi"],
  });
}, 60_000);

test("roles are replaced with a reason; the last administrator cannot be taken away", async () => {
  const { user, world } = renderAt("/people", "ROLE_ADMINISTRATOR", office());
  await user.click(await screen.findByRole("button", { name: "Đổi vai trò của Bế Thị Quản…" }));
  let dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("checkbox", { name: "Quản trị hệ thống" }));
  await user.click(within(dialog).getByRole("checkbox", { name: "Thanh tra" }));
  await user.click(within(dialog).getByRole("button", { name: "Lưu" }));
  expect((await within(dialog).findAllByText(/người quản trị cuối cùng/))[0]).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Thôi" }));
  await user.click(await screen.findByRole("button", { name: "Đổi vai trò của Lê Văn Lính…" }));
  dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("checkbox", { name: "Thanh tra" }));
  await user.type(within(dialog).getByLabelText(/Vì sao/), "Kiêm nhiệm");
  await user.click(within(dialog).getByRole("button", { name: "Lưu" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(world.posted.at(-1)).toMatchObject({
    path: "/v1/persons/person_an.nv:setRoles",
    body: { roles: ["ROLE_BORDER_GUARD", "ROLE_AUDITOR"], gate_ids: [], reason: "Kiêm nhiệm" },
  });
  expect(await row("Lê Văn Lính")).toHaveTextContent("Biên phòng, Thanh tra");
}, 60_000);

test("an account is disabled at once, with a reason, by keyboard alone", async () => {
  const { user } = renderAt("/people", "ROLE_ADMINISTRATOR", office());
  (await screen.findByRole("button", { name: "Vô hiệu hoá tài khoản của Lê Văn Lính…" })).focus();
  await user.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(within(dialog).getByText(/mọi phiên đang mở kết thúc ngay/)).toBeVisible());
  within(dialog)
    .getByLabelText(/Vì sao/)
    .focus();
  await user.keyboard("Thẻ bị mất");
  within(dialog).getByRole("button", { name: "Vô hiệu hoá" }).focus();
  await user.keyboard("{Enter}");
  await waitFor(async () => expect(await row("Lê Văn Lính")).toHaveTextContent("đã vô hiệu hoá"));
});

test("a lost answer of a new password is asked for again, and that the password is lost is said", async () => {
  const { user } = renderAt("/people", "ROLE_ADMINISTRATOR", office());
  let lost = true;
  server.use(
    http.post(/:resetPassword$/, () =>
      lost ? HttpResponse.error() : HttpResponse.json({ person: makePerson("an.nv"), one_time_password: "" }),
    ),
  );
  await user.click(await screen.findByRole("button", { name: "Cấp mật khẩu mới cho Lê Văn Lính…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/Vì sao/), "Quên mật khẩu");
  await user.click(within(dialog).getByRole("button", { name: "Cấp mật khẩu mới" }));
  lost = false;
  await user.click(await within(dialog).findByRole("button", { name: "Hỏi lại" }));
  expect(await within(dialog).findByText(/mật khẩu không hiện lại được/)).toBeVisible();
});

test("no accounts, and a service that is down, are said as what they are", async () => {
  const { unmount } = renderAt("/people", "ROLE_AUDITOR", new World());
  expect(await screen.findByText("Chưa có tài khoản nào.")).toBeVisible();
  unmount();
  renderAt("/people", "ROLE_AUDITOR", office());
  server.use(http.get(/\/v1\/persons$/, () => problem(503, "SERVICE_UNAVAILABLE")));
  expect(await screen.findByRole("button", { name: "Thử lại" })).toBeVisible();
});
