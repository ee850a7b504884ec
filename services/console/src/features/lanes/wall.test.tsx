// Goal: the wall shows every lane as it is, says when it no longer knows, and offers commands only to those who may.
// Method: the whole console in jsdom before an invented gate; news of lanes come through the real stream code.
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { ago, makeDecision, makeLane } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function gateWith(...lanes: ReturnType<typeof makeLane>[]): World {
  const world = new World();
  for (const lane of lanes) world.setLane(lane);
  return world;
}

const asking = () =>
  makeLane("X3", {
    state: "LANE_STATE_ASKING",
    arming_loop: true,
    state_time: ago(40),
    decision: makeDecision("15C11208", {
      outcome: "OUTCOME_ASK",
      confidence: 0.71,
      reasons: [{ code: "READ_UNSURE", params: {} }],
    }),
  });

test("a lane shows plate, decision, reasons, barrier and loops in words", async () => {
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(asking()));
  const tile = await screen.findByRole("article", { name: "Làn X3" });
  expect(within(tile).getByText("15C-112.08")).toBeVisible();
  expect(within(tile).getByText("chưa chắc 71 %")).toBeVisible();
  expect(within(tile).getByText("Cần cán bộ quyết định")).toBeVisible();
  expect(within(tile).getByText("Đọc biển số chưa chắc chắn")).toBeVisible();
  expect(within(tile).getByText("chờ cán bộ")).toBeVisible();
  expect(tile).toHaveAttribute("data-signal", "attention");
  expect(within(tile).getByRole("img", { name: "Ảnh làn X3, biển số 15C-112.08 được khoanh" })).toBeInTheDocument();
  expect(within(within(tile).getByRole("list", { name: "Vòng từ" })).getByText("trước")).toHaveTextContent("có xe");
});

test("a change of a lane is shown as soon as it is told", async () => {
  const { world } = renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(asking()));
  const tile = await screen.findByRole("article", { name: "Làn X3" });
  world.changeLane("huu-nghi-x3", {
    state: "LANE_STATE_OPENING",
    barrier_command: "BARRIER_COMMAND_RAISE",
    barrier_position: "BARRIER_POSITION_MOVING",
  });
  expect(await within(tile).findByText("đang chạy")).toBeVisible();
  expect(tile).toHaveAttribute("data-signal", "progress");
});

test("a lane that was not heard of for more than five seconds is hatched, dimmed and takes no commands", async () => {
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith({ ...asking(), report_time: ago(12) }));
  const tile = await screen.findByRole("article", { name: "Làn X3" });
  expect(tile).toHaveAttribute("data-stale", "true");
  expect(within(tile).getByText("mất tín hiệu")).toBeVisible();
  expect(within(tile).getAllByText(/00:1[234]/).length).toBeGreaterThan(0);
  expect(within(tile).queryByRole("button")).toBeNull();
  expect(tile).toHaveAttribute("data-signal", "rest");
});

test("the decision on the vehicle before is not taken for the one that is being read", async () => {
  const reading = makeLane("X1", {
    state: "LANE_STATE_IDENTIFYING",
    arming_loop: true,
    decision: makeDecision("12C34567"),
  });
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(reading));
  const tile = await screen.findByRole("article", { name: "Làn X1" });
  expect(within(tile).queryByText("12C-345.67")).toBeNull();
  expect(within(tile).queryByRole("img")).toBeNull();
  expect(within(tile).getByText("Có xe, chưa đọc được biển số")).toBeVisible();
});

test("a barrier that did not move is urgent and named in words", async () => {
  const broken = makeLane("X6", {
    state: "LANE_STATE_FAULT",
    barrier_command: "BARRIER_COMMAND_RAISE",
    barrier_position: "BARRIER_POSITION_UNKNOWN",
    faults: [{ code: "BARRIER_DID_NOT_MOVE", params: { command: "raise" } }],
  });
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(broken));
  const tile = await screen.findByRole("article", { name: "Làn X6" });
  expect(tile).toHaveAttribute("data-signal", "urgent");
  expect(within(tile).getByText("Đã có lệnh nhưng cần barie không chuyển động")).toBeVisible();
  await waitFor(() =>
    expect(document.querySelector('[aria-live="assertive"]')).toHaveTextContent("Làn X6: hỏng barie"),
  );
});

test.each([
  ["ROLE_BORDER_GUARD", ["Mở… barie làn X3", "Từ chối… xe ở làn X3", "Tự động, đổi chế độ làn X3"], true],
  ["ROLE_MANAGEMENT_CENTRE", ["Tự động, đổi chế độ làn X3"], true],
  ["ROLE_AUDITOR", [], true],
  ["ROLE_QUARANTINE", [], false],
] as const)("%s sees exactly the commands and pictures of the role", async (role, commands, pictures) => {
  renderAt("/lanes", role, gateWith(asking()));
  const tile = await screen.findByRole("article", { name: "Làn X3" });
  expect(
    within(tile)
      .queryAllByRole("button")
      .map((button) => button.getAttribute("aria-label")),
  ).toEqual(commands);
  expect(within(tile).queryAllByRole("img").length > 0).toBe(pictures);
});

test("an officer who is posted to another gate gets no commands", async () => {
  const world = gateWith(asking());
  renderAt("/lanes", { ...world.accounts.get("bienphong")!, gate_ids: ["tan-thanh"] }, world);
  const tile = await screen.findByRole("article", { name: "Làn X3" });
  expect(within(tile).queryByRole("button")).toBeNull();
});

test("a stranger without a role for lanes is told so", async () => {
  renderAt("/lanes", "ROLE_ADMINISTRATOR", gateWith(asking()));
  expect(await screen.findByText("Vai trò của bạn không được làm việc này.")).toBeVisible();
  expect(screen.queryByRole("article")).toBeNull();
});

test("a wall without lanes says so", async () => {
  const world = new World();
  renderAt("/lanes", "ROLE_BORDER_GUARD", world);
  expect(await screen.findByText("Máy chủ chưa có làn nào cho bạn xem.")).toBeVisible();
});

test("while the server is away the last picture stays, and the page repairs itself", async () => {
  const world = gateWith(asking());
  let away = true;
  renderAt("/lanes", "ROLE_BORDER_GUARD", world);
  server.use(http.get(/\/v1\/lanes:watch$/, () => (away ? problem(503, "SERVICE_UNAVAILABLE") : undefined)));
  expect(await screen.findByText("mất kết nối")).toBeVisible();
  expect(screen.getByText("Một dịch vụ tạm thời không trả lời. Không có gì bị thay đổi.")).toBeVisible();
  away = false;
  expect(await screen.findByRole("article", { name: "Làn X3" }, { timeout: 5000 })).toBeVisible();
  expect(screen.getByText("trực tiếp")).toBeVisible();
});

test("a session that has ended leads to the sign-in page and back to the wall", async () => {
  const world = gateWith(asking());
  const { address } = renderAt("/lanes?gate=huu-nghi", "ROLE_BORDER_GUARD", world);
  server.use(http.get(/\/v1\/lanes:watch$/, () => problem(401, "UNAUTHENTICATED")));
  await waitFor(() => expect(address()).toContain("/sign-in"));
  expect(new URL(address(), "http://x").searchParams.get("next")).toBe("/lanes?gate=huu-nghi");
  expect(await screen.findByText(/Phiên làm việc đã hết/)).toBeVisible();
});

test("a picture that cannot be loaded says so instead of showing an old one", async () => {
  server.use(http.get(/\/v1\/evidence/, () => new HttpResponse(null, { status: 404 })));
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(asking()));
  const picture = await screen.findByRole("img", { name: /Ảnh làn X3/ });
  picture.dispatchEvent(new Event("error"));
  expect(await screen.findByText("Không tải được ảnh")).toBeVisible();
});

test("only the lanes of the gate in the address are shown", async () => {
  const other = makeLane("T1", { gate_id: "tan-thanh" });
  const { user, address } = renderAt("/lanes?gate=tan-thanh", "ROLE_BORDER_GUARD", gateWith(asking(), other));
  expect(await screen.findByRole("article", { name: "Làn T1" })).toBeVisible();
  expect(screen.queryByRole("article", { name: "Làn X3" })).toBeNull();
  await user.selectOptions(screen.getByRole("combobox", { name: "Cửa khẩu" }), "");
  expect(await screen.findByRole("article", { name: "Làn X3" })).toBeVisible();
  expect(address()).toBe("/lanes");
});

test("the wall is free of axe findings", async () => {
  renderAt("/lanes", "ROLE_BORDER_GUARD", gateWith(asking(), makeLane("X4"), makeLane("X5", { report_time: ago(30) })));
  await screen.findByRole("article", { name: "Làn X4" });
  expect(await axeFaults()).toEqual([]);
});
