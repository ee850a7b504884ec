// The public board: plain TypeScript, a few kilobytes, for bad phones and bad networks. It works signed out and keeps the
// last figures, with their age, while the server is away.
import type { Language } from "@/lib/format.ts";
import { get } from "@/lib/http.ts";
import { serverNow } from "@/lib/server_clock.ts";
import type { Board, HoldingPlan, Yard } from "@/lib/wire.ts";
import { drawAge, drawFigures, drawHead, element, type Shown } from "./draw.ts";
import { keepLanguage, type Speech, speak, wantedLanguage } from "./texts.ts";
import "./board.css";

const shown: Shown = { board: null, plans: [], yards: [], failed: false, ageMs: 0 };
const head = element("div", "");
const figures = element("div", "");
let speech: Speech;
let oldAt = 0; // performance.now() at which the figures were new

function ageNow(): void {
  shown.ageMs = shown.board ? performance.now() - oldAt : 0;
}

function draw(): void {
  ageNow();
  figures.replaceChildren(drawFigures(shown, speech));
}

async function choose(language: Language): Promise<void> {
  speech = await speak(language);
  document.title = speech.say("title");
  head.replaceChildren(
    drawHead(speech, (other) => {
      keepLanguage(other);
      void choose(other).then(() => head.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus());
    }),
  );
  draw();
}

async function renew(): Promise<void> {
  try {
    const [board, plans, yards] = await Promise.all([
      get<Board>("/v1/board"),
      get<{ holding_plans: HoldingPlan[] }>("/v1/holding-plans", { page_size: 200 }),
      get<{ yards: Yard[] }>("/v1/yards", { page_size: 200 }),
    ]);
    shown.board = board;
    shown.plans = plans.holding_plans;
    shown.yards = yards.yards;
    shown.failed = false;
    const made = board.make_time ? Date.parse(board.make_time) : Number.NaN;
    oldAt = performance.now() - (Number.isNaN(made) ? 0 : Math.max(0, serverNow() - made));
  } catch {
    shown.failed = true;
  }
  draw();
}

document.getElementById("board")?.append(element("div", "board", head, figures));
await choose(wantedLanguage());
await renew();
setInterval(() => void renew(), 5_000);
setInterval(() => {
  ageNow();
  drawAge(figures, shown, speech);
}, 1_000);
