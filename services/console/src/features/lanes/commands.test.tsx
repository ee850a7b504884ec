// Goal: a barrier is opened, a vehicle refused and a mode set only with a named target and a reason; what the screen says
// of the barrier comes from its switches; a lost answer never becomes a second order.
// Method: the whole console in jsdom; the invented gate keeps what it was asked for.
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, onTestFinished, test } from "vitest";
import { ago, makeDecision, makeLane, makeTrip } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

const decision = makeDecision("15C11208", {
  outcome: "OUTCOME_ASK",
  reasons: [{ code: "PLATE_NEAR_EXPECTED", params: { plate: "15C11203", trip_id: "trip_15C11203" } }],
  trip_id: "trip_15C11203",
});
const asking = () => makeLane("X3", { state: "LANE_STATE_ASKING", arming_loop: true, state_time: ago(5), decision });

async function openDialog(
  button: string,
  lane = asking(),
  who: "ROLE_BORDER_GUARD" | "ROLE_MANAGEMENT_CENTRE" = "ROLE_BORDER_GUARD",
) {
  const world = new World();
  world.setLane(lane);
  world.trips.set("trip_15C11203", makeTrip("15C11203"));
  const view = renderAt("/lanes", who, world);
  const beat = setInterval(() => world.beat(), 1000); // as the gateway does, so that no lane counts as lost
  onTestFinished(() => clearInterval(beat));
  const opener = await screen.findByRole("button", { name: button });
  await view.user.click(opener);
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(dialog).toBeVisible());
  return { ...view, opener, dialog, beat };
}

test("the dialog names lane and vehicle and shows seen beside declared", async () => {
  const { dialog } = await openDialog("Mở… barie làn X3");
  expect(dialog).toHaveAccessibleName("Mở barie làn X3 cho xe 15C-112.08");
  expect(await within(dialog).findByText("15C-112.03")).toBeVisible();
  expect(within(dialog).getByText("khác nhau")).toBeVisible();
  expect([...dialog.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["8"]);
  expect(await axeFaults(dialog)).toEqual([]);
});

test("cancelling gives the focus back to the button", async () => {
  const { user, opener } = await openDialog("Mở… barie làn X3");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(opener).toHaveFocus());
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("nothing can be sent without a reason", async () => {
  const { dialog } = await openDialog("Mở… barie làn X3");
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeDisabled();
});

test("by keyboard alone: number, send, and the switches report step by step", async () => {
  const { world, user, dialog, opener } = await openDialog("Mở… barie làn X3");
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  await user.keyboard("2");
  expect(within(dialog).getByRole("radio", { name: "2 Đã kiểm tra giấy tờ" })).toBeChecked();
  within(dialog).getByRole("button", { name: "Mở barie làn X3" }).focus();
  await user.keyboard("{Enter}");

  expect(await within(dialog).findByText("Lệnh đã gửi, barie chưa trả lời.")).toBeVisible();
  expect(world.posted).toHaveLength(1);
  expect(world.posted[0]).toMatchObject({
    path: "/v1/lanes/huu-nghi-x3:open",
    body: {
      session_id: "session_15C11208",
      reason_code: "OFFICER_PAPERS",
      plate: "",
      remark: "",
      watch_list_acknowledged: false,
    },
  });
  expect(world.posted[0]!.key).toMatch(/^[0-9a-f-]{36}$/);

  world.changeLane("huu-nghi-x3", { barrier_position: "BARRIER_POSITION_MOVING" });
  expect(await within(dialog).findByText("Cần barie đang nâng.")).toBeVisible();
  world.changeLane("huu-nghi-x3", { barrier_position: "BARRIER_POSITION_UP", state: "LANE_STATE_PASSING" });
  expect(await within(dialog).findByText("Đã mở: công tắc hành trình trên đã báo.")).toBeVisible();
  // The arm goes down again behind the vehicle; the dialog goes on saying what became of the order.
  world.changeLane("huu-nghi-x3", {
    barrier_position: "BARRIER_POSITION_DOWN",
    barrier_command: "BARRIER_COMMAND_LOWER",
  });
  expect(within(dialog).getByText("Đã mở: công tắc hành trình trên đã báo.")).toBeVisible();

  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  // The button that opened it is gone with the vehicle; the lane itself takes the focus.
  expect(opener.isConnected).toBe(false);
  await waitFor(() => expect(screen.getByRole("link", { name: "Làn X3" })).toHaveFocus());
});

test("a position that is lost after the order is an alarm", async () => {
  const { world, user, dialog } = await openDialog("Mở… barie làn X3");
  await user.click(within(dialog).getByRole("radio", { name: /Đã nhận biết/ }));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await within(dialog).findByText("Lệnh đã gửi, barie chưa trả lời.");
  world.changeLane("huu-nghi-x3", { barrier_position: "BARRIER_POSITION_UNKNOWN", state: "LANE_STATE_FAULT" });
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Không rõ vị trí cần barie.");
});

test("a number typed into a field is text, not a reason", async () => {
  const { user, dialog } = await openDialog("Mở… barie làn X3");
  await user.type(within(dialog).getByLabelText(/Ghi chú/), "12C");
  expect(within(dialog).queryByRole("radio", { checked: true })).toBeNull();
  expect(within(dialog).getByLabelText(/Ghi chú/)).toHaveValue("12C");
});

test("another reason needs a remark", async () => {
  const { user, dialog } = await openDialog("Mở… barie làn X3");
  await user.click(within(dialog).getByRole("radio", { name: /Lý do khác/ }));
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeDisabled();
  await user.type(within(dialog).getByLabelText("Ghi chú (bắt buộc với lý do khác)"), "xe cứu hộ");
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeEnabled();
});

test("without a read plate the officer's own is required", async () => {
  const unread = makeLane("X3", { state: "LANE_STATE_IDENTIFYING", arming_loop: true });
  const { world, user, dialog } = await openDialog("Mở… barie làn X3", unread);
  await user.click(within(dialog).getByRole("radio", { name: /Đã nhận biết/ }));
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeDisabled();
  await user.type(within(dialog).getByLabelText("Biển số cán bộ nhìn thấy"), "12C-345.67");
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await waitFor(() =>
    expect(world.posted[0]?.body).toMatchObject({ session_id: "session_unread", plate: "12C-345.67" }),
  );
});

test("a plate that is read while the dialog is open appears in it", async () => {
  const unread = makeLane("X3", { state: "LANE_STATE_IDENTIFYING", arming_loop: true });
  const { world, dialog } = await openDialog("Mở… barie làn X3", unread);
  world.changeLane("huu-nghi-x3", {
    state: "LANE_STATE_ASKING",
    decision: makeDecision("29H80177", { session_id: "session_unread", outcome: "OUTCOME_ASK" }),
  });
  expect(await within(dialog).findByText("29H-801.77")).toBeVisible();
  expect(within(dialog).queryByLabelText("Biển số cán bộ nhìn thấy")).toBeNull();
});

test("a vehicle on the watch list opens only after the officer says that it is known", async () => {
  const watched = makeDecision("15C11208", {
    outcome: "OUTCOME_ASK",
    reasons: [{ code: "WATCH_LISTED", params: { plate: "15C11208", cause: "CAUSE_STOLEN" } }],
  });
  const { world, user, dialog } = await openDialog("Mở… barie làn X3", { ...asking(), decision: watched });
  expect(within(dialog).getByText(/trộm cắp/)).toBeVisible();
  await user.click(within(dialog).getByRole("radio", { name: /Theo lệnh/ }));
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeDisabled();
  await user.click(within(dialog).getByRole("checkbox", { name: "Tôi đã biết và vẫn mở" }));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await waitFor(() => expect(world.posted[0]?.body).toMatchObject({ watch_list_acknowledged: true }));
});

test("a watch list that only the server knows of asks for the acknowledgement, as a new request", async () => {
  const { world, user, dialog } = await openDialog("Mở… barie làn X3");
  let refusals = 1;
  const keys: (string | null)[] = [];
  server.use(
    http.post(/:open$/, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      return refusals-- > 0 ? problem(409, "WATCH_LISTED") : undefined;
    }),
  );
  await user.click(within(dialog).getByRole("radio", { name: /Đã nhận biết/ }));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await user.click(await within(dialog).findByRole("checkbox"));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await within(dialog).findByText("Lệnh đã gửi, barie chưa trả lời.");
  expect(world.posted[0]!.body.watch_list_acknowledged).toBe(true);
  expect(new Set(keys).size).toBe(2);
});

test("the vehicle leaves while the dialog is open: the command goes away", async () => {
  const { world, dialog } = await openDialog("Mở… barie làn X3");
  world.changeLane("huu-nghi-x3", { session_id: "session_next", state: "LANE_STATE_IDENTIFYING" });
  expect(await within(dialog).findByText(/Xe này không còn chờ ở làn/)).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: "Mở barie làn X3" })).toBeNull();
});

test("the lane is lost while the dialog is open: the command goes away", async () => {
  const { world, dialog, beat } = await openDialog("Mở… barie làn X3");
  clearInterval(beat);
  world.changeLane("huu-nghi-x3", { report_time: ago(20) });
  expect(await within(dialog).findByText(/Mất tín hiệu của làn/)).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: "Mở barie làn X3" })).toBeNull();
});

test("a lost answer is asked for again under the same key, and the form is shut meanwhile", async () => {
  const { world, user, dialog } = await openDialog("Mở… barie làn X3");
  const keys: (string | null)[] = [];
  let lost = true;
  server.use(
    http.post(/:open$/, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      return lost ? HttpResponse.error() : undefined;
    }),
  );
  await user.click(within(dialog).getByRole("radio", { name: /Xe công vụ/ }));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  expect(await within(dialog).findByText("Chưa biết lệnh đã được thực hiện hay chưa.")).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: "Mở barie làn X3" })).toBeNull();
  expect(within(dialog).getByRole("radio", { name: /Đã nhận biết/ })).toBeDisabled();
  lost = false;
  await user.click(within(dialog).getByRole("button", { name: "Hỏi lại" }));
  await within(dialog).findByText("Lệnh đã gửi, barie chưa trả lời.");
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  expect(world.posted).toHaveLength(1);
});

test("two quick presses are one order", async () => {
  const { world, user, dialog } = await openDialog("Mở… barie làn X3");
  await user.click(within(dialog).getByRole("radio", { name: /Xe công vụ/ }));
  await user.dblClick(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  await within(dialog).findByText("Lệnh đã gửi, barie chưa trả lời.");
  expect(world.posted).toHaveLength(1);
});

test("a refused order says why, with the number of the request, and can be corrected", async () => {
  const { user, dialog } = await openDialog("Mở… barie làn X3");
  server.use(http.post(/:open$/, () => problem(409, "LANE_BUSY")));
  await user.click(within(dialog).getByRole("radio", { name: /Xe công vụ/ }));
  await user.click(within(dialog).getByRole("button", { name: "Mở barie làn X3" }));
  const alert = await within(dialog).findByRole("alert");
  expect(alert).toHaveTextContent("Làn đang mở cho một xe, hoặc cần chưa hạ xuống.");
  expect(alert).toHaveTextContent("req-7f3a");
  expect(within(dialog).getByRole("button", { name: "Mở barie làn X3" })).toBeEnabled();
});

test("a vehicle is refused with a numbered reason, and the decision is read back", async () => {
  const { world, user, dialog } = await openDialog("Từ chối… xe ở làn X3");
  expect(dialog).toHaveAccessibleName("Từ chối xe 15C-112.08 ở làn X3");
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  await user.keyboard("1");
  await user.click(within(dialog).getByRole("button", { name: "Từ chối xe ở làn X3" }));
  expect(await within(dialog).findByText(/Đã ghi nhận/)).toBeVisible();
  expect(within(dialog).getByText("Xe không đúng với tờ khai")).toBeVisible();
  expect(world.posted[0]).toMatchObject({
    path: "/v1/lanes/huu-nghi-x3:refuse",
    body: { session_id: "session_15C11208", reason_code: "OFFICER_MISMATCH", remark: "" },
  });
});

test("the mode is set with a reason, and its own mode is no choice", async () => {
  const { world, user, dialog } = await openDialog("Tự động, đổi chế độ làn X3", asking(), "ROLE_MANAGEMENT_CENTRE");
  expect(within(dialog).getByRole("radio", { name: /Tự động/ })).toBeDisabled();
  await user.click(within(dialog).getByRole("radio", { name: /Đóng làn/ }));
  const send = within(dialog).getByRole("button", { name: "Đổi chế độ làn X3" });
  expect(send).toBeDisabled();
  await user.type(within(dialog).getByLabelText(/Vì sao/), "thay vòng từ");
  await user.click(send);
  expect(await within(dialog).findByText("Đã đổi. Chế độ hiện nay: Đóng làn.")).toBeVisible();
  expect(world.posted[0]).toMatchObject({
    path: "/v1/lanes/huu-nghi-x3:setMode",
    body: { mode: "MODE_CLOSED", reason: "thay vòng từ" },
  });
});
