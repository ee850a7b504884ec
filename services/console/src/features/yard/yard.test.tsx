// Goal: the yard's page tells how full it is, who is called and who waits and why; only who may checks in or calls out of
// turn. Method: the whole console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { delay, http } from "msw";
import { expect, test } from "vitest";
import { ago, makeMe, makeTicket, makeTrip } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function gate(): World {
  const world = new World();
  world.yards = [
    { yard_id: "xuan-cuong", gate_id: "huu-nghi", title: "Bãi Xuân Cương", slot_count: 400, occupied_count: 187 },
    { yard_id: "coc-nam", gate_id: "huu-nghi", title: "Bãi Cốc Nam", slot_count: 80, occupied_count: 80 },
    { yard_id: "bao-nguyen", gate_id: "tan-thanh", title: "Bãi Bảo Nguyên", slot_count: 120, occupied_count: 3 },
  ];
  world.plans = [
    {
      gate_id: "huu-nghi",
      version: 4,
      called_max: 40,
      call_valid_s: 1800,
      perishable_of_ten: 7,
      cleared_only: true,
      fee_settled_only: true,
      author: "person_management",
      reason: "Mùa sầu riêng",
      create_time: ago(86_400),
    },
  ];
  const add = (plate: string, more: Parameters<typeof makeTicket>[1]) => {
    const trip = makeTrip(plate);
    world.trips.set(trip.trip_id, trip);
    world.tickets.set(trip.trip_id, makeTicket(trip.trip_id, more));
  };
  const called = { state: "STATE_CALLED", wait: "WAIT_UNSPECIFIED", call_time: ago(1700), call_count: 1 } as const;
  add("12C34567", { ...called, number: "1830", call_expire_time: ago(-90) });
  add("29H80177", { ...called, number: "1831", call_expire_time: ago(60), call_count: 2 });
  add("98C22019", { number: "1840", wait: "WAIT_TURN", ahead_count: 0 });
  add("14C55120", { number: "1841", wait: "WAIT_HELD", ahead_count: 1, call_count: 1, call_time: ago(7000) });
  return world;
}

const row = async (plate: string) => (await screen.findByText(plate)).closest("tr")!;

test("occupancy, rule, calls and the order with its reasons are told to a border guard, who can do nothing", async () => {
  renderAt("/yard", "ROLE_BORDER_GUARD", gate());
  expect(await screen.findByRole("heading", { name: "Bãi chờ · Hữu Nghị" })).toBeVisible();
  expect((await screen.findByText("Bãi Xuân Cương", { selector: ".yard-list *" })).closest("li")).toHaveTextContent(
    "187 / 400 chỗ",
  );
  expect(screen.getByText("Bãi Cốc Nam").closest("li")).toHaveTextContent("hết chỗ");
  expect(await screen.findByText(/cứ 10 lượt gọi thì 7 lượt ưu tiên hàng tươi/)).toBeVisible();
  expect(await row("12C-345.67")).toHaveTextContent(/còn 01:\d\d/);
  expect(await row("29H-801.77")).toHaveTextContent("gọi lần 2");
  expect(await row("29H-801.77")).toHaveTextContent("quá hạn, xe chưa đến");
  expect(await row("98C-220.19")).toHaveTextContent("chờ đến lượt");
  expect(await row("14C-551.20")).toHaveTextContent("đang bị tạm giữ");
  expect(await row("14C-551.20")).toHaveTextContent("không đến sau lượt gọi thứ 1, lúc");
  expect(screen.queryByText("Bãi Bảo Nguyên")).toBeNull();
  expect(screen.queryByRole("button", { name: /Gọi ngoài thứ tự|Ghi xe/ })).toBeNull();
  expect(await axeFaults()).toEqual([]);
});

test("the management centre calls out of turn, with a public reason, only who is ready", async () => {
  const { user, world } = renderAt("/yard", "ROLE_MANAGEMENT_CENTRE", gate());
  expect(within(await row("14C-551.20")).queryByRole("button")).toBeNull();
  await user.click(await screen.findByRole("button", { name: "Gọi ngoài thứ tự xe số 1840…" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "Gọi" })).toBeDisabled();
  await user.type(within(dialog).getByLabelText("Vì sao (công khai)"), "Hàng cứu trợ");
  expect(await axeFaults(dialog)).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Gọi" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(world.posted[0]).toMatchObject({
    path: "/v1/tickets/ticket_trip_98C22019:callOutOfTurn",
    body: { reason: "Hàng cứu trợ" },
  });
  expect(await row("98C-220.19")).toHaveTextContent(/còn \d\d:\d\d/);
});

test("the yard's operator checks a truck in by its plate; an unknown one is refused at its field", async () => {
  const world = gate();
  world.trips.set("trip_11C00001", makeTrip("11C00001"));
  const { user } = renderAt("/yard", "ROLE_YARD_OPERATOR", world);
  await user.click(await screen.findByRole("button", { name: "Ghi xe vào bãi…" }));
  const dialog = await screen.findByRole("dialog");
  const plate = within(dialog).getByLabelText("Biển số");
  await user.type(plate, "99C-999.99");
  await user.click(within(dialog).getByRole("button", { name: "Ghi vào bãi" }));
  expect(await within(dialog).findByRole("link", { name: "Biển số" })).toBeVisible();
  await user.clear(plate);
  await user.type(plate, "11C-000.01");
  await user.click(within(dialog).getByRole("button", { name: "Ghi vào bãi" }));
  expect(await within(dialog).findByText("Xe đã vào bãi, số 1900.")).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Đóng" }));
  expect(await row("11C-000.01")).toHaveTextContent("chờ đến lượt");
}, 60_000);

test("an officer posted to another gate sees that one; the chosen gate stands in the address", async () => {
  const { unmount } = renderAt("/yard", makeMe("ROLE_YARD_OPERATOR", "x", { gate_ids: ["tan-thanh"] }), gate());
  expect(await screen.findByRole("heading", { name: "Bãi chờ · Tân Thanh" })).toBeVisible();
  expect(await screen.findByText("Không xe nào đang chờ.")).toBeVisible();
  expect(await screen.findByText(/chưa công bố quy tắc gọi xe/)).toBeVisible();
  unmount();
  const { user, address } = renderAt("/yard", "ROLE_AUDITOR", gate());
  await user.click(await screen.findByRole("combobox", { name: "Cửa khẩu" }));
  await user.click(await screen.findByTitle("Tân Thanh"));
  await waitFor(() => expect(address()).toBe("/yard?gate=tan-thanh"));
});

test("nothing, slow and refused are said as what they are; a list that cannot be renewed says its time", async () => {
  const empty = renderAt("/yard", "ROLE_AUDITOR", new World());
  expect(await screen.findByText("Cửa khẩu của bạn chưa có bãi nào.")).toBeVisible();
  empty.unmount();
  const slow = renderAt("/yard", "ROLE_AUDITOR", gate());
  server.use(http.get(/\/v1\/yards$/, async () => void (await delay(200))));
  expect(await screen.findByText("Đang tải bãi chờ…")).toBeVisible();
  await row("12C-345.67");
  server.use(http.get(/\/v1\/tickets$/, () => problem(500, "INTERNAL")));
  expect((await screen.findAllByText(/Dưới đây là dữ liệu lúc/, {}, { timeout: 20_000 }))[0]).toBeVisible();
  expect(await row("12C-345.67")).toBeVisible();
  slow.unmount();
  const stranger = renderAt("/yard", "ROLE_CUSTOMS", gate());
  expect((await screen.findAllByText(/ROLE_MISSING/))[0]).toBeVisible();
  stranger.unmount();
}, 60_000);
