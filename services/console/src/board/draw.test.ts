// Goal: the board shows counts without identities, says how old they are, and takes nothing from the server as markup.
// Method: the drawing functions in jsdom.
import { expect, test } from "vitest";
import { demoWorld } from "@/mocks/demo.ts";
import { axeFaults } from "@/testing/render.tsx";
import { drawAge, drawFigures, drawHead, type Shown, staleAfterMs } from "./draw.ts";
import { speak } from "./texts.ts";

function shown(more: Partial<Shown> = {}): Shown {
  const world = demoWorld();
  return { board: world.board, plans: world.plans, yards: world.yards, failed: false, ageMs: 2000, ...more };
}

test("counts, waits, yards and the rule in force stand in Vietnamese words", async () => {
  const page = drawFigures(shown(), await speak("vi"));
  expect(page).toHaveTextContent("Hữu Nghị");
  expect(page).toHaveTextContent("đã chờ không quá 1 giờ 25 phút");
  expect(page).toHaveTextContent("Bãi Xuân Cương 187 / 400 chỗ");
  expect(page).toHaveTextContent("cứ 10 lượt gọi thì 7 lượt ưu tiên hàng tươi");
  expect(page).toHaveTextContent("cách đây 00:02");
});

test.each([
  ["en", "waited no longer than 1 h 25 min"],
  ["zh", "一半等候不超过 1 小时 25 分钟"],
] as const)("in %s too", async (language, words) => {
  expect(drawFigures(shown(), await speak(language))).toHaveTextContent(words);
});

test("figures that are too old are shown as lost, and only the age is drawn anew", async () => {
  const speech = await speak("vi");
  const now = shown();
  const page = drawFigures(now, speech);
  const section = page.querySelector("section");
  now.ageMs = staleAfterMs + 12_000;
  drawAge(page, now, speech);
  expect(page.querySelector(".age")).toHaveTextContent("mất tín hiệu 00:42");
  expect(page.querySelector<HTMLElement>(".gates")!.dataset.stale).toBe("true");
  expect(page.querySelector("section")).toBe(section);
});

test("a server that is away is said to be, beside the last figures", async () => {
  const speech = await speak("vi");
  expect(drawFigures(shown({ failed: true }), speech)).toHaveTextContent(
    "Số liệu dưới đây là số liệu cuối cùng nhận được",
  );
  const empty = drawFigures(shown({ failed: true, board: null }), speech);
  expect(empty).toHaveTextContent("Trang tự thử lại");
});

test("a source that has not reported is named with its age", async () => {
  const world = shown();
  const late = { ...world, board: { ...world.board!, source_age_ms: "95000" } };
  expect(drawFigures(late, await speak("vi"))).toHaveTextContent("Một nguồn số liệu đã 01:35 chưa báo tin.");
  const never = { ...world, board: { ...world.board!, source_age_ms: "-1" } };
  expect(drawFigures(never, await speak("vi"))).toHaveTextContent("chưa bao giờ báo tin");
});

test("no truck in the last hour is said as that, not as a wait of nothing", async () => {
  const world = shown();
  const none = { ...world, board: { ...world.board!, gates: [{ ...world.board!.gates[0]!, median_wait_s: "-1" }] } };
  expect(drawFigures(none, await speak("vi"))).toHaveTextContent("Trong 1 giờ vừa rồi chưa có xe nào qua");
});

test("a name with markup is text", async () => {
  const world = shown();
  world.yards[0]!.title = "<img src=x onerror=alert(1)>";
  const page = drawFigures(world, await speak("vi"));
  expect(page.querySelector("img")).toBeNull();
  expect(page).toHaveTextContent("<img src=x onerror=alert(1)>");
});

test("the board is free of axe findings", async () => {
  const speech = await speak("zh");
  const main = document.createElement("main");
  main.append(
    drawHead(speech, () => {}),
    drawFigures(shown(), speech),
  );
  document.body.replaceChildren(main);
  document.title = "board";
  expect(await axeFaults()).toEqual([]);
  expect(document.documentElement.lang).toBe("zh-Hans");
});
