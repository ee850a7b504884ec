// Goal: an agency sees its own steps and acts on them and on no others; a trip's page shows what the role may see; a
// refusal or a lost answer is said as what it is. Method: the whole console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { delay, HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { ago, makeInvoice, makeTicket, makeTrip } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function gate(...trips: ReturnType<typeof makeTrip>[]): World {
  const world = new World();
  for (const trip of trips) {
    world.trips.set(trip.trip_id, trip);
    world.invoices.set(trip.trip_id, makeInvoice(trip.trip_id));
    world.tickets.set(trip.trip_id, makeTicket(trip.trip_id));
    world.timelines.set(trip.trip_id, [
      { event_kind: "customs.trip.declared", event_time: trip.declare_time, actor: "person_e", params: {} },
      {
        event_kind: "customs.trip.step_confirmed",
        event_time: ago(60),
        actor: "person_bg",
        params: { step_id: "border_guard" },
      },
      {
        event_kind: "lane.decision.made",
        event_time: ago(50),
        actor: "service:lane",
        params: { lane_id: "huu-nghi-x1", outcome: "refuse", reason: "STEP_NOT_CONFIRMED", step_id: "border_guard" },
      },
      {
        event_kind: "lane.decision.made",
        event_time: ago(40),
        actor: "service:lane",
        params: { lane_id: "huu-nghi-x1", outcome: "ask" },
      },
      { event_kind: "yard.ticket.teleported", event_time: ago(30), actor: "service:yard", params: {} },
    ]);
  }
  return world;
}

const address = "/trips/trip_12C34567";
const card = async (name: string) => (await screen.findByRole("heading", { name })).closest("section")!;

test("the page shows declaration, steps, fee, ticket and timeline to the management centre", async () => {
  renderAt(address, "ROLE_MANAGEMENT_CENTRE", gate(makeTrip("12C34567")));
  expect(await screen.findByRole("heading", { name: "Chuyến xe 12C-345.67", level: 1 })).toBeVisible();
  expect(await screen.findByText("Công ty TNHH Rau quả Lạng Sơn")).toBeVisible();
  expect(within(await card("Tờ khai")).getByText("21.300 kg")).toBeVisible();
  expect(within(await card("Tờ khai")).getByText("615.000,00 CNY")).toBeVisible();
  expect(within(await card("Phí")).getByText("đã nộp đủ")).toBeVisible();
  expect(within(await card("Phí")).getAllByText("1.500.000 đồng")).toHaveLength(2);
  expect(within(await card("Thứ tự vào cửa khẩu")).getByText("1842")).toBeVisible();
  const timeline = await card("Diễn biến");
  expect(await within(timeline).findByText("Đã xác nhận: Biên phòng kiểm soát người và xe")).toBeVisible();
  const refused = /^Làn huu-nghi-x1: Không cho qua\. .*Biên phòng kiểm soát người và xe/;
  expect(within(timeline).getByText(refused)).toBeVisible();
  expect(within(timeline).getByText("Làn huu-nghi-x1: Cần cán bộ quyết định")).toBeVisible();
  // A kind of event that this version does not know is shown as it is, not hidden.
  expect(within(timeline).getByText("yard.ticket.teleported")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Xác nhận/ })).toBeNull();
  expect(await axeFaults()).toEqual([]);
});

test("customs is not shown fee and ticket, and the server is not asked for them", async () => {
  const asked: string[] = [];
  const listen = ({ request }: { request: Request }) => void asked.push(new URL(request.url).pathname);
  server.events.on("request:start", listen);
  renderAt(address, "ROLE_CUSTOMS", gate(makeTrip("12C34567")));
  expect(await screen.findByText("Diễn biến")).toBeVisible();
  await screen.findByText("Doanh nghiệp khai chuyến xe");
  expect(screen.queryByRole("heading", { name: "Phí" })).toBeNull();
  expect(screen.queryByRole("heading", { name: "Thứ tự vào cửa khẩu" })).toBeNull();
  expect(asked).not.toContain("/v1/invoices");
  expect(asked).not.toContain("/v1/tickets");
  server.events.removeListener("request:start", listen);
});

test("plant quarantine confirms its open step; nobody else's step has a button", async () => {
  const { world, user } = renderAt(address, "ROLE_QUARANTINE", gate(makeTrip("12C34567")));
  await user.click(await screen.findByRole("button", { name: "Xác nhận… Kiểm dịch thực vật" }));
  expect(
    screen.getAllByRole("button", { name: /^(Xác nhận|Tạm giữ)…/ }).map((each) => each.getAttribute("aria-label")),
  ).toEqual(["Xác nhận… Kiểm dịch thực vật", "Tạm giữ… Kiểm dịch thực vật"]);
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveAccessibleName("Xác nhận bước Kiểm dịch thực vật cho xe 12C-345.67");
  await user.click(within(dialog).getByRole("button", { name: "Xác nhận" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const step = screen.getByText("Kiểm dịch thực vật", { selector: "strong" }).closest("li")!;
  expect(await within(step).findByText("đã xác nhận")).toBeVisible();
  expect(step).toHaveTextContent("Nguyễn Văn An");
  expect(world.posted).toHaveLength(1);
  expect(world.posted[0]).toMatchObject({
    path: "/v1/trips/trip_12C34567/steps/plant_quarantine:confirm",
    body: { remark: "" },
  });
  await waitFor(() => expect(document.activeElement).toHaveTextContent("Kiểm dịch thực vật"));
});

test("a hold needs a reason, and shows what it does", async () => {
  const { world, user } = renderAt(address, "ROLE_BORDER_GUARD", gate(makeTrip("12C34567")));
  await user.click(await screen.findByRole("button", { name: "Tạm giữ… Biên phòng kiểm soát người và xe" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/không được gọi và không được qua làn/)).toBeInTheDocument();
  expect(within(dialog).getByText(/Lần cuối do Trần Quốc Bảo làm/)).toBeInTheDocument();
  const send = within(dialog).getByRole("button", { name: "Tạm giữ" });
  expect(send).toBeDisabled();
  await user.type(within(dialog).getByLabelText(/Vì sao/), "niêm phong khác số khai");
  await user.click(send);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText("▲", { selector: ".trip-head span" })).toBeVisible();
  expect(screen.getByText("bị tạm giữ")).toBeVisible();
  expect(screen.getByText("niêm phong khác số khai")).toBeVisible();
  expect(screen.getByRole("button", { name: "Bỏ tạm giữ… Biên phòng kiểm soát người và xe" })).toBeVisible();
  expect(world.posted[0]?.body).toEqual({ reason: "niêm phong khác số khai" });
});

test("a refused act keeps the text that was typed and says why", async () => {
  const { user } = renderAt(address, "ROLE_QUARANTINE", gate(makeTrip("12C34567")));
  server.use(http.post(/:hold$/, () => problem(409, "TRIP_CLOSED")));
  await user.click(await screen.findByRole("button", { name: "Tạm giữ… Kiểm dịch thực vật" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/Vì sao/), "mẫu lần 2");
  await user.click(within(dialog).getByRole("button", { name: "Tạm giữ" }));
  expect(await within(dialog).findByText("Chuyến xe đã kết thúc; không thay đổi được nữa.")).toBeInTheDocument();
  expect(within(dialog).getByLabelText(/Vì sao/)).toHaveValue("mẫu lần 2");
});

test("a lost answer of a confirmation is asked for again under the same key", async () => {
  const { world, user } = renderAt(address, "ROLE_QUARANTINE", gate(makeTrip("12C34567")));
  const keys: (string | null)[] = [];
  server.use(
    http.post(/:confirm$/, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      return keys.length === 1 ? HttpResponse.error() : undefined;
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Xác nhận… Kiểm dịch thực vật" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Xác nhận" }));
  await user.click(await screen.findByRole("button", { name: "Hỏi lại" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(new Set(keys).size).toBe(1);
  expect(world.posted).toHaveLength(1);
});

test("nothing can be done with a trip that has crossed", async () => {
  renderAt(address, "ROLE_QUARANTINE", gate(makeTrip("12C34567", { state: "STATE_CROSSED" })));
  expect(await screen.findByText("đã qua")).toBeVisible();
  await screen.findByText("Kiểm dịch thực vật", { selector: "strong" });
  expect(screen.queryByRole("button", { name: /Xác nhận|Tạm giữ/ })).toBeNull();
});

test("who works with the trip prints its slip, and nobody else is offered it", async () => {
  const { unmount } = renderAt(address, "ROLE_ENTERPRISE", gate(makeTrip("12C34567")));
  const link = await screen.findByRole("link", { name: "In phiếu qua cổng (QR)" });
  expect(link).toHaveAttribute("href", "/v1/trips/trip_12C34567/slip/page");
  unmount();
  renderAt(address, "ROLE_QUARANTINE", gate(makeTrip("12C34567")));
  expect(await screen.findByRole("heading", { name: "Chuyến xe 12C-345.67", level: 1 })).toBeVisible();
  expect(screen.queryByRole("link", { name: /phiếu/ })).toBeNull();
});

test("a trip that does not exist, or is another enterprise's, is not found", async () => {
  renderAt("/trips/trip_none", "ROLE_ENTERPRISE", gate());
  expect(await screen.findByText("Không tìm thấy chuyến xe này.")).toBeVisible();
});

test("one part that fails says so and leaves the others", async () => {
  const { user } = renderAt(address, "ROLE_MANAGEMENT_CENTRE", gate(makeTrip("12C34567")));
  let away = true;
  server.use(http.get(/\/v1\/invoices$/, () => (away ? problem(500, "INTERNAL") : undefined)));
  const fee = await card("Phí");
  expect(await within(fee).findByText(/Máy chủ gặp lỗi/)).toBeVisible();
  expect(await screen.findByText("1842")).toBeVisible();
  away = false;
  await user.click(within(fee).getByRole("button", { name: "Thử lại" }));
  expect(await within(fee).findByText("đã nộp đủ")).toBeVisible();
});

test("a slow server leaves a word, not an empty page", async () => {
  renderAt(address, "ROLE_CUSTOMS", gate(makeTrip("12C34567")));
  server.use(
    http.get(/\/v1\/trips\/trip_12C34567$/, async () => {
      await delay(150);
      return undefined;
    }),
  );
  expect(await screen.findByText("Đang tải chuyến xe…")).toBeVisible();
  expect(await screen.findByRole("heading", { name: "Chuyến xe 12C-345.67" })).toBeVisible();
});

test("a very long name of an enterprise and a script in a remark are shown as text", async () => {
  const trip = makeTrip("12C34567");
  trip.steps[0]!.remark = "<img src=x onerror=alert(1)>";
  const world = gate(trip);
  const name = "Công ty Trách nhiệm hữu hạn Một thành viên ".repeat(5).trim();
  world.enterprises.set("enterprise_rauqua", { ...world.enterprises.get("enterprise_rauqua")!, name });
  renderAt(address, "ROLE_CUSTOMS", world);
  expect(await screen.findByText(name)).toHaveClass("long-name");
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  expect(document.querySelector("img")).toBeNull();
});

test("the list of one's own work holds what the agency can do now, longest waiting first", async () => {
  const old = makeTrip("29H80177", { declare_time: ago(90_000) });
  const done = makeTrip("98C22019");
  done.steps = done.steps.map((step) =>
    step.step_id === "plant_quarantine" ? { ...step, state: "STATE_CONFIRMED" } : step,
  );
  const heldElsewhere = makeTrip("14C55120", { state: "STATE_HELD", declare_time: ago(50_000) });
  const world = gate(makeTrip("12C34567"), old, done, heldElsewhere);
  renderAt("/work", "ROLE_QUARANTINE", world);
  await screen.findByRole("link", { name: "Chuyến xe 12C-345.67" });
  expect(screen.getAllByRole("link", { name: /^Chuyến xe \d/ }).map((link) => link.textContent)).toEqual([
    "29H-801.77",
    "14C-551.20",
    "12C-345.67",
  ]);
  expect(await axeFaults()).toEqual([]);
});

test("the agency acts from its list, and what it holds stands below with the reason", async () => {
  const { world, user } = renderAt("/work", "ROLE_QUARANTINE", gate(makeTrip("12C34567")));
  await user.click(await screen.findByRole("button", { name: "Tạm giữ xe 12C-345.67 ở bước Kiểm dịch thực vật" }));
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(within(dialog).getByText("Sầu riêng tươi Ri6 (21.300 kg)")).toBeVisible());
  await user.type(within(dialog).getByLabelText(/Vì sao/), "Lấy mẫu");
  await user.click(within(dialog).getByRole("button", { name: "Tạm giữ" }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Lực lượng của bạn đang tạm giữ" })).toBeVisible());
  expect(screen.getByText("Lấy mẫu")).toBeVisible();
  expect(world.posted[0]).toMatchObject({
    path: expect.stringMatching(/plant_quarantine:hold$/),
    body: { reason: "Lấy mẫu" },
  });
  expect(await screen.findByText("Không còn chuyến nào chờ bạn.")).toBeVisible();
});

test("an enterprise sees in its list whether the fee is paid and where the truck stands", async () => {
  const world = gate(makeTrip("12C34567"));
  world.invoices.set("trip_12C34567", makeInvoice("trip_12C34567", { state: "STATE_OPEN" }));
  renderAt("/trips", "ROLE_ENTERPRISE", world);
  expect(await screen.findByText("chưa nộp đủ")).toBeVisible();
  expect(await screen.findByText("6 xe đứng trước")).toBeVisible();
});

test("an agency that is not sent values is not shown zeros", async () => {
  const trip = makeTrip("12C34567");
  trip.goods = trip.goods.map((line) => ({ ...line, value_minor: "0", currency_code: "" }));
  renderAt(address, "ROLE_BORDER_GUARD", gate(trip));
  expect(await screen.findByText("Sầu riêng tươi Ri6")).toBeVisible();
  expect(screen.queryByText("Trị giá")).toBeNull();
});

test("a step that waits for others is not the customs officer's work yet", async () => {
  renderAt("/work", "ROLE_CUSTOMS", gate(makeTrip("12C34567")));
  expect(await screen.findByText("Không còn chuyến nào chờ bạn.")).toBeVisible();
});

test("the state that is chosen stands in the address", async () => {
  const world = gate(makeTrip("12C34567"), makeTrip("29H80177", { state: "STATE_CROSSED" }));
  const { address: at, user } = renderAt("/trips?state=STATE_CROSSED", "ROLE_AUDITOR", world);
  expect(await screen.findByText("29H-801.77")).toBeVisible();
  expect(screen.queryByText("12C-345.67")).toBeNull();
  await user.click(screen.getByRole("combobox", { name: "Trạng thái" }));
  await user.click(await screen.findByTitle("mọi trạng thái"));
  expect(await screen.findByText("12C-345.67")).toBeVisible();
  expect(at()).toBe("/trips");
});

test("more trips than a page are fetched on demand", async () => {
  const trips = Array.from({ length: 130 }, (_, place) =>
    makeTrip(`12C${10_000 + place}`, { declare_time: ago(9000 + place) }),
  );
  const { user } = renderAt("/trips", "ROLE_AUDITOR", gate(...trips));
  await screen.findByText("12C-100.00");
  expect(screen.queryByText("12C-101.29")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Xem thêm" }));
  expect(await screen.findByText("12C-101.29")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Xem thêm" })).toBeNull();
}, 40_000);
