// Goal: signing in and out works by keyboard, says why it is refused, and leads nowhere but to our own pages.
// Method: the whole console in jsdom before an invented gate.
import { screen, waitFor } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { ownPath } from "@/app/router.tsx";
import { makeLane, makeMe } from "@/mocks/data.ts";
import { problem } from "@/mocks/problem.ts";
import { World } from "@/mocks/world.ts";
import { axeFaults, renderAt } from "@/testing/render.tsx";
import { server } from "@/testing/server.ts";

test("a page that needs an account leads to the sign-in page and, after it, to where one wanted to go", async () => {
  const world = new World();
  world.setLane(makeLane("X1"));
  const { user, address } = renderAt("/lanes?gate=huu-nghi", null, world);
  await user.type(await screen.findByLabelText("Tên đăng nhập"), "bienphong");
  await user.type(screen.getByLabelText("Mật khẩu"), "demo");
  let sessionHeader: string | null = null;
  server.use(
    http.post(/\/v1\/sign-in$/, ({ request }) => {
      sessionHeader = request.headers.get("X-Session");
      world.me = makeMe("ROLE_BORDER_GUARD", "Nguyễn Văn An"); // what the cookie does in a browser
      return undefined;
    }),
  );
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("article", { name: "Làn X1" })).toBeVisible();
  expect(address()).toBe("/lanes?gate=huu-nghi");
  expect(sessionHeader).toBe("cookie");
});

test("a wrong password says so, keeps the name and moves the focus to the words", async () => {
  const { user } = renderAt("/sign-in", null);
  await user.type(await screen.findByLabelText("Tên đăng nhập"), "bienphong");
  await user.type(screen.getByLabelText("Mật khẩu"), "sai{Enter}");
  const words = await screen.findByText(/Tên đăng nhập hoặc mật khẩu không đúng/);
  expect(words).toBeVisible();
  expect(screen.getByLabelText("Tên đăng nhập")).toHaveValue("bienphong");
  await waitFor(() => expect(document.activeElement).toContainElement(words));
  expect(await axeFaults()).toEqual([]);
});

test("too many tries are said to be too many", async () => {
  const { user } = renderAt("/sign-in", null);
  server.use(http.post(/\/v1\/sign-in$/, () => problem(429, "TOO_MANY_TRIES")));
  await user.type(await screen.findByLabelText("Tên đăng nhập"), "bienphong");
  await user.type(screen.getByLabelText("Mật khẩu"), "demo{Enter}");
  expect(await screen.findByText(/Thử quá nhiều lần/)).toBeVisible();
});

test("an empty form is not sent", async () => {
  const { user } = renderAt("/sign-in", null);
  await user.click(await screen.findByRole("button", { name: "Đăng nhập" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Hãy nhập tên đăng nhập và mật khẩu.");
});

test.each([
  ["/lanes?gate=x", "/lanes?gate=x"],
  ["//elsewhere.example", undefined],
  ["/\\elsewhere.example", undefined],
  ["https://elsewhere.example", undefined],
  ["javascript:alert(1)", undefined],
  [7, undefined],
])("after signing in, %s leads to %s", (asked, led) => {
  expect(ownPath(asked)).toBe(led);
});

test("the profile names roles and gates, and signing out ends the session", async () => {
  const me = makeMe("ROLE_BORDER_GUARD", "Nguyễn Văn An", { gate_ids: ["huu-nghi", "tan-thanh"] });
  const { world, user, address } = renderAt("/me", me);
  expect(await screen.findByText("Biên phòng")).toBeVisible();
  expect(screen.getByText("Hữu Nghị, Tân Thanh")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Đăng xuất" }));
  await waitFor(() => expect(address()).toBe("/"));
  expect(world.me).toBeNull();
  expect(await screen.findAllByRole("link", { name: "Đăng nhập" })).not.toHaveLength(0);
  expect(screen.queryByText("Nguyễn Văn An")).toBeNull();
});

test("signing out of a session that has ended already is no failure", async () => {
  const { user, address } = renderAt("/me", "ROLE_CUSTOMS");
  server.use(http.post(/\/v1\/sign-out$/, () => problem(401, "UNAUTHENTICATED")));
  await user.click(await screen.findByRole("button", { name: "Đăng xuất" }));
  await waitFor(() => expect(address()).toBe("/"));
});
