// Goal: a rule is changed only by who may, after it was tried as it stands, with a reason, and never over another's version
// without saying so. Method: the whole console in jsdom before an invented gate.
import { screen, waitFor, within } from "@testing-library/react";
import { delay, http } from "msw";
import { expect, test } from "vitest";
import { makeRule } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function gate(): World {
  const world = new World();
  world.rules = [
    makeRule("huu-nghi-export"),
    makeRule("huu-nghi-import", {
      version: 1,
      author: "service:lane",
      reason: "first rule, from the configuration",
      opening_hours: [],
      stay_max_h: 0,
    }),
  ];
  world.trial = {
    vehicle_count: 1312,
    otherwise_count: 14,
    unknown_count: 3,
    changes: [{ was: "OUTCOME_OPEN", would: "OUTCOME_REFUSE", count: 14 }],
    examples: [
      {
        decision_id: "decision_1",
        lane_id: "huu-nghi-x1",
        plate: "12C34567",
        was: "OUTCOME_OPEN",
        would: "OUTCOME_REFUSE",
        was_reasons: [{ code: "ALL_CLEARED", params: {} }],
        would_reasons: [{ code: "PERMIT_MISSING", params: {} }],
      },
    ],
  };
  return world;
}

const address = "/rules/huu-nghi-export";
const permit = () => screen.findByRole("checkbox", { name: "Giấy phép liên vận còn hạn" });
const tryButton = () => screen.getByRole("button", { name: "Thử" });

test("the list tells each rule with version, author, reason and what it demands", async () => {
  renderAt("/rules", "ROLE_MANAGEMENT_CENTRE", gate());
  const card = (await screen.findByRole("heading", { name: "Hữu Nghị · xuất" })).closest("section")!;
  expect(card).toHaveTextContent("Bản 3 · từ");
  expect(card).toHaveTextContent("người đặt: person_01jd2xk4 · lý do: Mùa sầu riêng");
  expect(card).toHaveTextContent("T2, T3, T4, T5, T6, T7: 07:00–20:00");
  expect(within(card).getByRole("link", { name: "Sửa quy tắc Hữu Nghị · xuất" })).toBeVisible();
  const other = screen.getByRole("heading", { name: "Hữu Nghị · nhập" }).closest("section")!;
  expect(other).toHaveTextContent("theo cấu hình ban đầu");
  expect(other).not.toHaveTextContent("lý do");
  expect(other).toHaveTextContent("mọi giờ");
  expect(await axeFaults()).toEqual([]);
});

test("an auditor tries and cannot save; a border guard only reads; another gate's centre only reads", async () => {
  const { unmount, user, world } = renderAt(address, "ROLE_AUDITOR", gate());
  await user.click(await permit());
  await user.click(tryButton());
  expect(await screen.findByText("14 xe sẽ được quyết định khác.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Lưu/ })).toBeNull();
  expect(world.posted.map((each) => each.path)).toEqual(["/v1/checkpoint-rules:try"]);
  unmount();
  const guard = renderAt(address, "ROLE_BORDER_GUARD", gate());
  expect(await screen.findByRole("heading", { name: "Đang áp dụng" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Thử" })).toBeNull();
  guard.unmount();
  renderAt("/rules", { ...gateCentre, gate_ids: ["tan-thanh"] }, gate());
  expect(await screen.findByRole("heading", { name: "Hữu Nghị · xuất" })).toBeVisible();
  expect(screen.queryByRole("link", { name: /quy tắc Hữu Nghị/ })).toBeNull();
});

const gateCentre = {
  subject_id: "person_centre",
  display_name: "Vi Thị Lan Phương",
  roles: ["ROLE_MANAGEMENT_CENTRE" as const],
  enterprise_id: "",
  gate_ids: [] as string[],
};

test("edit, try, save with a reason; a change after the try asks for another one", async () => {
  const { user, world, address: at } = renderAt(address, gateCentre, gate());
  await user.click(await permit());
  expect(screen.queryByRole("button", { name: /^Lưu thành bản/ })).toBeNull();
  await user.click(tryButton());
  const row = (await screen.findByText("12C-345.67")).closest("tr")!;
  expect(row).toHaveTextContent("Cho qua");
  expect(row).toHaveTextContent("Không cho qua");
  expect(screen.getByText("Cho qua → Không cho qua: 14 xe")).toBeVisible();
  expect(await axeFaults()).toEqual([]);

  await user.click(screen.getByRole("checkbox", { name: "Đã nộp phí" }));
  expect(screen.getByText(/Bạn đã sửa tiếp sau lần thử này/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Lưu thành bản/ })).toBeNull();
  await user.click(tryButton());
  await user.click(await screen.findByRole("button", { name: "Lưu thành bản 4…" }));
  const dialog = await screen.findByRole("dialog");
  const save = within(dialog).getByRole("button", { name: "Lưu" });
  expect(save).toBeDisabled();
  await user.type(within(dialog).getByLabelText(/Vì sao/), "Giấy phép phải có");
  await user.click(save);
  await waitFor(() => expect(at()).toBe("/rules"));
  const put = world.posted.at(-1)!;
  expect(put.key).not.toBeNull();
  expect(put.body).toMatchObject({
    checkpoint_id: "huu-nghi-export",
    base_version: 3,
    permit_required: true,
    fee_required: false,
    cleared_required: true,
    confidence_min: 0.85,
    reason: "Giấy phép phải có",
  });
  expect(await screen.findByText(/người đặt: Vi Thị Lan Phương/)).toBeVisible();
}, 60_000);

test("another's version is said with what it changed, and one's own changes move onto it", async () => {
  const { user, world } = renderAt(address, gateCentre, gate());
  await user.click(await permit());
  await user.click(tryButton());
  await user.click(await screen.findByRole("button", { name: "Lưu thành bản 4…" }));
  world.rules = [
    makeRule("huu-nghi-export", { version: 4, stay_max_h: 36, reason: "Theo hiệp định", author: "person_b" }),
  ];
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/Vì sao/), "Giấy phép phải có");
  await user.click(within(dialog).getByRole("button", { name: "Lưu" }));
  expect(await within(dialog).findByText(/Trong lúc bạn sửa, bản 4 của quy tắc đã có hiệu lực/)).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Thôi" }));
  const conflict = (await screen.findByText(/bản 4 đã có hiệu lực\. Chưa có gì của bạn/)).closest<HTMLElement>(
    '[role="alert"]',
  )!;
  expect(conflict).toHaveTextContent("Theo hiệp định");
  expect(within(conflict).getByRole("row", { name: /Xe khách được ở lại/ })).toHaveTextContent("tối đa 36 giờ");
  expect(screen.queryByRole("button", { name: /^Lưu thành bản/ })).toBeNull();
  await user.click(within(conflict).getByRole("button", { name: "Giữ thay đổi của tôi trên bản 4" }));
  expect(screen.getByLabelText("Xe khách được ở lại")).toHaveValue("36");
  expect(await permit()).toBeChecked();
  expect(screen.getByText(/Bạn đã sửa tiếp sau lần thử này/)).toBeVisible();
  await user.click(tryButton());
  expect(await screen.findByRole("button", { name: "Lưu thành bản 5…" })).toBeVisible();
}, 60_000);

test("what the server refuses stands at its field", async () => {
  const { user } = renderAt(address, gateCentre, gate());
  server.use(
    http.post(/checkpoint-rules:try$/, async () => {
      const refused = await problem(400, "INVALID_FIELD").json();
      const errors = [{ pointer: "/stay_max_h", reason: "NUMBER_OUT_OF_RANGE", detail: "must be from 0 to 720" }];
      return Response.json({ ...refused, errors }, { status: 400 });
    }),
  );
  const stay = await screen.findByLabelText("Xe khách được ở lại");
  await user.clear(stay);
  await user.type(stay, "999");
  await user.click(tryButton());
  expect(await screen.findByRole("link", { name: "Xe khách được ở lại" })).toBeVisible();
  expect(await axeFaults()).toEqual([]);
}, 60_000);

test("empty, unknown, slow and lost are said as what they are", async () => {
  const { unmount } = renderAt("/rules", "ROLE_AUDITOR", new World());
  expect(await screen.findByText("Chưa có quy tắc nào.")).toBeVisible();
  unmount();
  const unknown = renderAt("/rules/nowhere-export", "ROLE_AUDITOR", gate());
  expect(await screen.findByText("Không có điểm kiểm soát này.")).toBeVisible();
  unknown.unmount();
  const slow = renderAt("/rules", "ROLE_AUDITOR", gate());
  server.use(
    http.get(/checkpoint-rules$/, async () => {
      await delay(300);
      return problem(503, "SERVICE_UNAVAILABLE");
    }),
  );
  expect(await screen.findByText("Đang tải quy tắc…")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Thử lại" })).toBeVisible();
  slow.unmount();
});
