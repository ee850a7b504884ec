// Goal: a lane's own page says what the lane rests on and who has just passed. Method: the whole console in jsdom.
import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { makeLane, makePassage } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

function gate(): World {
  const world = new World();
  world.setLane(
    makeLane("X1", {
      mode: "MODE_LOCAL",
      mode_reasons: [{ code: "INPUT_STALE", params: { input: "customs", limit_ms: "300000" } }],
      inputs: [
        { name: "camera", age_ms: "400", age_limit_ms: "3000", fresh: true },
        { name: "customs", age_ms: "412000", age_limit_ms: "300000", fresh: false },
        { name: "fee", age_ms: "-1", age_limit_ms: "300000", fresh: false },
      ],
    }),
  );
  world.passages = [
    makePassage(0, { lane_id: "huu-nghi-x1" }),
    makePassage(1, { lane_id: "huu-nghi-x2", plate: "29H99999" }),
  ];
  return world;
}

test("the ages of the inputs and the reason of the mode stand in words", async () => {
  renderAt("/lanes/huu-nghi-x1", "ROLE_BORDER_GUARD", gate());
  const row = (await screen.findByRole("rowheader", { name: "Hải quan và các bước" })).closest("tr")!;
  expect(row).toHaveTextContent("06:52");
  expect(row).toHaveTextContent("không, đã cũ");
  expect(screen.getByRole("rowheader", { name: "Phí" }).closest("tr")).toHaveTextContent("chưa bao giờ");
  expect(screen.getAllByText("Không nghe được nguồn: Hải quan và các bước").length).toBeGreaterThan(0);
  expect(await axeFaults()).toEqual([]);
});

test("only passages of this lane are listed", async () => {
  renderAt("/lanes/huu-nghi-x1", "ROLE_BORDER_GUARD", gate());
  const list = (await screen.findByRole("heading", { name: "Mười lượt qua gần nhất" })).closest("section")!;
  expect(await within(list).findByText("12C-345.67")).toBeVisible();
  expect(within(list).queryByText("29H-999.99")).toBeNull();
});

test("a role that may not search passages is not asked to, and one failing part leaves the rest", async () => {
  renderAt("/lanes/huu-nghi-x1", "ROLE_HEALTH", gate());
  expect(await screen.findByRole("article", { name: "Làn X1" })).toBeVisible();
  expect(screen.queryByText("Mười lượt qua gần nhất")).toBeNull();
});

test("passages that cannot be had say why and leave the lane", async () => {
  renderAt("/lanes/huu-nghi-x1", "ROLE_BORDER_GUARD", gate());
  server.use(http.get(/\/v1\/passages$/, () => problem(503, "SERVICE_UNAVAILABLE")));
  expect(await screen.findByText("Một dịch vụ tạm thời không trả lời. Không có gì bị thay đổi.")).toBeVisible();
  expect(screen.getByRole("article", { name: "Làn X1" })).toBeVisible();
});

test("a lane that does not exist is said not to", async () => {
  renderAt("/lanes/huu-nghi-x9", "ROLE_BORDER_GUARD", gate());
  expect(await screen.findByText("Không có làn này, hoặc làn chưa gửi tín hiệu.")).toBeVisible();
});

test("the lane's camera is seen live, and an old picture says that it is old", async () => {
  const world = gate();
  renderAt("/lanes/huu-nghi-x1", "ROLE_BORDER_GUARD", world);
  expect(await screen.findByText("Đang kết nối camera…")).toBeVisible();
  world.showStill({ jpeg: "/9j/AAAA", frame_time: new Date().toISOString(), fault_code: "" });
  const picture = await screen.findByRole("img", { name: "Hình camera làn X1 đang thấy" });
  expect(picture).toHaveAttribute("src", "data:image/jpeg;base64,/9j/AAAA");
  expect(picture.closest("figure")).toHaveAttribute("data-stale", "false");
  expect(await axeFaults()).toEqual([]);
  world.showStill({ jpeg: "", fault_code: "NO_FRAMES" });
  expect(await screen.findByText("không có hình")).toBeVisible();
  expect(picture.closest("figure")).toHaveAttribute("data-stale", "true");
  world.showStill({ jpeg: "/9j/BBBB", frame_time: new Date(Date.now() - 20_000).toISOString(), fault_code: "" });
  await waitFor(() => expect(picture).toHaveAttribute("src", "data:image/jpeg;base64,/9j/BBBB"));
  expect(picture.closest("figure")).toHaveAttribute("data-stale", "true");
});

test("a role that may not see cameras is not asked to", async () => {
  renderAt("/lanes/huu-nghi-x1", "ROLE_TRAFFIC_POLICE", gate());
  expect(await screen.findByRole("article", { name: "Làn X1" })).toBeVisible();
  expect(screen.queryByText("Camera trực tiếp")).toBeNull();
});
