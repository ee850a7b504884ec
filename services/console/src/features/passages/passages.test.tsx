// Goal: a search stands wholly in the address, is sent as the interface wants it, and says when nothing fits or a time
// cannot be read. Method: the whole console in jsdom before an invented gate; requests are looked at.
import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makePassage } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

let asked: URLSearchParams[] = [];
beforeEach(() => {
  asked = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function renderSearch(
  path: string,
  count = 120,
  who: "ROLE_AUDITOR" | "ROLE_FEE_COLLECTOR" | "ROLE_QUARANTINE" = "ROLE_AUDITOR",
) {
  const world = new World();
  world.passages = Array.from({ length: count }, (_, place) => makePassage(place));
  const view = renderAt(path, who, world);
  server.use(
    http.get(/\/v1\/passages$/, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return undefined;
    }),
  );
  return view;
}

test("the address is the search: plate, lane and times are sent as they stand there", async () => {
  renderSearch("/passages?plate=12E5&lane=huu-nghi-x1&from=2026-11-21T17%3A00%3A00.000Z");
  expect(await screen.findByLabelText("Biển số (một phần)")).toHaveValue("12E5");
  expect(screen.getByLabelText("Từ lúc")).toHaveValue("22/11/2026 00:00");
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  expect(Object.fromEntries(asked[0]!)).toEqual({
    plate: "12E5",
    lane_id: "huu-nghi-x1",
    from_time: "2026-11-21T17:00:00.000Z",
    page_size: "50",
  });
});

test("what is typed goes to the address by Enter, times in the gate's zone", async () => {
  const { user, address } = renderSearch("/passages");
  await user.type(await screen.findByLabelText("Từ lúc"), "22/11/2026 06:30");
  await user.type(screen.getByLabelText("Biển số (một phần)"), "29h{Enter}");
  await waitFor(() => expect(address()).toContain("plate=29h"));
  expect(new URL(address(), "http://x").searchParams.get("from")).toBe("2026-11-21T23:30:00.000Z");
  expect(await screen.findAllByText("29H-801.77")).not.toHaveLength(0);
  expect(screen.queryByText("12C-345.67")).toBeNull();
});

test("a time that cannot be read is named and nothing is sent", async () => {
  const { user, address } = renderSearch("/passages");
  await user.type(await screen.findByLabelText("Từ lúc"), "31/02/2026 25:00{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("22/11/2026 14:30");
  expect(screen.getByLabelText("Từ lúc")).toHaveValue("31/02/2026 25:00");
  expect(screen.getByLabelText("Từ lúc")).toHaveAttribute("aria-invalid", "true");
  expect(address()).toBe("/passages");
});

test("the next page stands in the address, and the first can be gone back to", async () => {
  const { user, address } = renderSearch("/passages");
  await user.click(await screen.findByRole("button", { name: "Trang sau" }));
  await waitFor(() => expect(address()).toBe("/passages?page=50"));
  await user.click(await screen.findByRole("button", { name: "Về trang đầu" }));
  await waitFor(() => expect(address()).toBe("/passages"));
});

test("a page shows time, plate, lane, kind and trip in the reader's words", async () => {
  renderSearch("/passages?lane=huu-nghi-x4", 8);
  const row = (await screen.findByText("15C-112.08")).closest("tr")!;
  expect(within(row).getByText("cán bộ mở")).toBeVisible();
  expect(row).toHaveTextContent("Hữu Nghị · huu-nghi-x4");
  expect(row).toHaveTextContent("00:45");
  expect(within(row).getByRole("link", { name: "Xem chuyến" })).toHaveAttribute("href", "/trips/trip_15C11208");
  expect(screen.getByText("giờ Việt Nam (UTC+7)", { selector: "footer *, .ant-table-footer *" })).toBeVisible();
  expect(await axeFaults()).toEqual([]);
});

test("nothing found is said, with a way on", async () => {
  renderSearch("/passages?plate=99Z");
  expect(await screen.findByText("Không có lượt qua nào khớp với điều kiện tìm.")).toBeVisible();
});

test("a passage that is told after the search was opened appears by itself", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { world } = renderSearch("/passages?plate=12C345", 0);
  expect(await screen.findByText("Không có lượt qua nào khớp với điều kiện tìm.")).toBeVisible();
  world.passages = [makePassage(0)];
  vi.advanceTimersByTime(10_000);
  expect(await screen.findByText("12C-345.67")).toBeVisible();
});

test("a role without pictures gets rows without pictures", async () => {
  renderSearch("/passages", 3, "ROLE_FEE_COLLECTOR");
  expect(await screen.findAllByText("không có ảnh")).toHaveLength(3);
  expect(screen.queryByRole("img")).toBeNull();
});

test("a role without the search is told so by the server's reason", async () => {
  renderSearch("/passages", 3, "ROLE_QUARANTINE");
  expect(await screen.findByText("Vai trò của bạn không được làm việc này.")).toBeVisible();
});

test("a search that fails can be repeated", async () => {
  const { user } = renderSearch("/passages", 2);
  let away = true;
  server.use(http.get(/\/v1\/passages$/, () => (away ? problem(400, "INVALID_FIELD") : undefined)));
  expect(await screen.findByText(/Có mục chưa đúng/)).toBeVisible();
  away = false;
  await user.click(screen.getByRole("button", { name: "Thử lại" }));
  expect(await screen.findByText("12C-345.67")).toBeVisible();
});
