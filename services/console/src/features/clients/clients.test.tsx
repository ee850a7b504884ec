// Goal: a program gets its secret once and loses everything at once; an enterprise sees its own only. Method: the whole
// console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ApiClient } from "@/lib/wire.ts";
import { ago, makeMe } from "@/mocks/data.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";

const client = (title: string, more: Partial<ApiClient>): ApiClient => ({
  api_client_id: `client_${title}`,
  title,
  enterprise_id: "",
  partner_id: "",
  create_time: ago(86_400),
  ...more,
});

function office(): World {
  const world = new World();
  world.clients = [
    client("ERP", { enterprise_id: "enterprise_1", last_used_time: ago(60) }),
    client("Pingxiang", { partner_id: "pingxiang-customs" }),
    client("Old", { enterprise_id: "enterprise_1", revoke_time: ago(60) }),
  ];
  return world;
}

const secret = "bg_secret_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
const enterprise = makeMe("ROLE_ENTERPRISE", "Công ty Rau quả", { enterprise_id: "enterprise_1" });

test("an administrator makes a partner's program; its secret is shown once", async () => {
  const { user, world } = renderAt("/clients", "ROLE_ADMINISTRATOR", office());
  expect((await screen.findByText("Pingxiang")).closest("tr")).toHaveTextContent("đối tácpingxiang-customs");
  await user.click(screen.getByRole("button", { name: "Thêm phần mềm…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Tên phần mềm"), "Bằng Tường");
  await user.type(within(dialog).getByLabelText("Đối tác"), "pingxiang-customs");
  await user.click(within(dialog).getByRole("button", { name: "Thêm" }));
  expect(await within(dialog).findByText(secret)).toBeVisible();
  expect(await axeFaults(dialog)).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Đóng" }));
  expect(await screen.findByText("Bằng Tường")).toBeVisible();
  expect(document.body).not.toHaveTextContent(secret);
  expect(world.posted[0]!.key).not.toBeNull();
}, 60_000);

test("an enterprise sees its own, names no partner, and revokes one at once", async () => {
  const { user } = renderAt("/clients", enterprise, office());
  expect(await screen.findByText("ERP")).toBeVisible();
  expect(screen.queryByText("Pingxiang")).toBeNull();
  expect(screen.getByText("Old").closest("tr")).toHaveTextContent("đã thu hồi");
  expect(screen.queryByRole("button", { name: "Thu hồi Old…" })).toBeNull();
  expect(await axeFaults()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Thêm phần mềm…" }));
  expect(within(await screen.findByRole("dialog")).queryByLabelText("Đối tác")).toBeNull();
  await user.keyboard("{Escape}");
  await user.click(await screen.findByRole("button", { name: "Thu hồi ERP…" }));
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(within(dialog).getByText(/hết hiệu lực ngay/)).toBeVisible());
  await user.click(within(dialog).getByRole("button", { name: "Thu hồi" }));
  await waitFor(() => expect(screen.getByText("ERP").closest("tr")).toHaveTextContent("đã thu hồi"));
}, 60_000);

test("an auditor changes nothing; an empty list says so", async () => {
  const { unmount } = renderAt("/clients", "ROLE_AUDITOR", office());
  expect(await screen.findByText("ERP")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Thu hồi|Thêm/ })).toBeNull();
  unmount();
  renderAt("/clients", enterprise, new World());
  expect(await screen.findByText("Chưa có phần mềm nào.")).toBeVisible();
});
