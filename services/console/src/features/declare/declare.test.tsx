// Goal: an enterprise declares a trip, is told every fault at its field, and registers what is missing on the way.
// Method: the whole console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { makeDriver, makeMe, makeVehicle } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

const lan = makeMe("ROLE_ENTERPRISE", "Nông Thị Xuất", { enterprise_id: "enterprise_rauqua" });

function gate(): World {
  const world = new World();
  world.vehicles = [makeVehicle("12C34567")];
  world.drivers = [makeDriver("Lương Văn Lái", "B1234567")];
  return world;
}

const faults = (errors: [pointer: string, reason: string][]) =>
  HttpResponse.json(
    {
      status: 400,
      reason: "INVALID_FIELD",
      request_id: "r1",
      errors: errors.map(([pointer, reason]) => ({ pointer, reason, detail: reason })),
    },
    { status: 400, headers: { "Content-Type": "application/problem+json" } },
  );

// A field's fault is drawn a moment after the list above.
const described = (field: HTMLElement, words: string) =>
  waitFor(() => expect(field).toHaveAccessibleDescription(words));

test("every fault stands at its field and in the list above, and goes when the field is worked on", async () => {
  const { user } = renderAt("/trips/new", lan, gate());
  server.use(
    http.post(/\/v1\/trips$/, () =>
      faults([
        ["/contact_phone", "PHONE_INVALID"],
        ["/goods/0/description", "DESCRIPTION_VAGUE"],
      ]),
    ),
  );
  const phone = await screen.findByLabelText("Điện thoại liên hệ");
  await user.type(phone, "12");
  await user.click(screen.getByRole("button", { name: "Khai chuyến xe" }));
  const list = await screen.findByText("Có 2 mục cần sửa. Chưa có gì được ghi.");
  await described(phone, "số điện thoại không đúng dạng");
  // What was left empty is needed; it is not merely of a wrong form.
  await described(screen.getByLabelText("Mô tả hàng"), "bắt buộc phải có");
  expect(await axeFaults()).toEqual([]);
  await user.type(phone, "345678");
  await waitFor(() => expect(list).toHaveTextContent("Có 1 mục cần sửa"));
  await user.click(screen.getByRole("link", { name: "Mô tả hàng, dòng 1" }));
  expect(screen.getByLabelText("Mô tả hàng")).toHaveFocus();
}, 60_000);

test("a truck that is registered on the way is chosen, and the trip leads to its page", async () => {
  const { world, user, address } = renderAt("/trips/new", lan, gate());
  await user.click(await screen.findByRole("button", { name: "Đăng ký xe…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Biển số"), "29H-801.77");
  await user.click(within(dialog).getByRole("button", { name: "Đăng ký" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(screen.getByRole("button", { name: "Khai chuyến xe" }));
  await waitFor(() => expect(address()).toBe("/trips/trip_29H80177"));
  expect(world.posted.map((each) => each.path)).toEqual(["/v1/vehicles", "/v1/trips"]);
  expect(world.posted[1]!.body.plate).toBe("29H80177");
  expect(world.posted[1]!.key).toMatch(/^[0-9a-f-]{36}$/);
}, 60_000);

test("a plate that is registered already is said at the plate", async () => {
  const { user } = renderAt("/trips/new", lan, gate());
  server.use(http.post(/\/v1\/vehicles$/, () => problem(409, "PLATE_TAKEN")));
  await user.click(await screen.findByRole("button", { name: "Đăng ký xe…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Biển số"), "12C-345.67");
  await user.click(within(dialog).getByRole("button", { name: "Đăng ký" }));
  await within(dialog).findByRole("alert");
  await described(within(dialog).getByLabelText("Biển số"), "Biển số đã được đăng ký.");
}, 60_000);

test("an officer declares nothing and is not offered to", async () => {
  renderAt("/trips", "ROLE_CUSTOMS", gate());
  await screen.findByText("Không có chuyến xe nào.");
  expect(screen.queryByRole("link", { name: "Khai chuyến xe" })).toBeNull();
});
