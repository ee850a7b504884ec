// Goal: the first page leads each kind of person to their screens and to no others, in three languages.
// Method: the whole console in jsdom before an invented gate.
import { screen, waitFor } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/mocks/problem.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

const cards = () => screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent);

test("a visitor finds the sign-in, the public board and the reference", async () => {
  renderAt("/", null);
  await screen.findByRole("heading", { name: "Cửa khẩu số" });
  expect(cards()).toEqual(["Cán bộ và doanh nghiệp", "Bảng công khai", "Kết nối phần mềm"]);
  expect(screen.getByRole("link", { name: "Xem bảng" })).toHaveAttribute("href", "/board.html");
  expect(await axeFaults()).toEqual([]);
});

test.each([
  ["ROLE_BORDER_GUARD", ["Làn xe", "Việc chờ tôi", "Chuyến xe", "Lượt qua", "Bãi chờ"]],
  ["ROLE_TRAFFIC_POLICE", ["Làn xe", "Chuyến xe", "Bãi chờ"]],
  ["ROLE_MANAGEMENT_CENTRE", ["Làn xe", "Chuyến xe", "Lượt qua", "Bãi chờ", "Quy tắc điểm kiểm soát"]],
  ["ROLE_ENTERPRISE", ["Chuyến xe", "Phần mềm kết nối"]],
  ["ROLE_ADMINISTRATOR", ["Người dùng", "Phần mềm kết nối"]],
] as const)("%s finds exactly the screens of the role", async (role, screens) => {
  renderAt("/", role);
  await screen.findByText("Nguyễn Văn An");
  await waitFor(() => expect(cards()).toEqual([...screens, "Bảng công khai", "Kết nối phần mềm"]));
});

test("the language is chosen by its own name, kept, and said to screen readers", async () => {
  const { user } = renderAt("/", "ROLE_BORDER_GUARD");
  await user.click(await screen.findByRole("button", { name: "English" }));
  expect(await screen.findByRole("heading", { name: "Digital border gate" })).toBeVisible();
  expect(document.documentElement.lang).toBe("en");
  await user.click(screen.getByRole("button", { name: "中文" }));
  expect(await screen.findByRole("heading", { name: "数字口岸" })).toBeVisible();
  expect(document.documentElement.lang).toBe("zh-Hans");
  expect(window.localStorage.getItem("bordergate.language")).toBe("zh");
  expect(screen.getByRole("button", { name: "中文" })).toHaveAttribute("aria-pressed", "true");
});

test("when the server is away the page says so and can be tried again", async () => {
  let away = true;
  server.use(http.get(/\/v1\/me$/, () => (away ? problem(503, "SERVICE_UNAVAILABLE") : undefined)));
  const { user } = renderAt("/trips", "ROLE_CUSTOMS");
  server.use(http.get(/\/v1\/me$/, () => (away ? problem(503, "SERVICE_UNAVAILABLE") : undefined)));
  expect(await screen.findByRole("heading", { name: "Chưa mở được trang" })).toBeVisible();
  away = false;
  await user.click(screen.getByRole("button", { name: "Thử lại" }));
  expect(await screen.findByRole("heading", { name: "Chuyến xe" })).toBeVisible();
});

test("an address that leads nowhere says so", async () => {
  renderAt("/nowhere", null);
  expect(await screen.findByRole("heading", { name: "Không có trang này" })).toBeVisible();
});
