// Draws the board. Everything is text nodes; nothing from the server is ever read as markup.
import {
  formatDuration,
  formatNumber,
  formatTime,
  formatWait,
  gateZone,
  languageNames,
  languages,
  languageTags,
} from "@/lib/format.ts";
import type { Board, BoardGate, HoldingPlan, Yard } from "@/lib/wire.ts";
import type { Key, Speech } from "./texts.ts";

export interface Shown {
  board: Board | null;
  plans: HoldingPlan[];
  yards: Yard[];
  failed: boolean;
  ageMs: number; // of the board, by our own clock
}

// Older than this, the figures are shown as lost.
export const staleAfterMs = 30_000;

export function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// Everything below the head.
export function drawFigures(shown: Shown, speech: Speech): HTMLElement {
  const { say } = speech;
  const gates = (shown.board?.gates ?? []).map((gate) => drawGate(gate, shown, speech));
  const page = element("div", "");
  if (shown.failed) page.append(notice(say(shown.board ? "failed" : "failedEmpty")));
  if (!shown.board && !shown.failed) page.append(element("p", "", say("loading")));
  if (shown.board && gates.length === 0) page.append(element("p", "", say("empty")));
  page.append(element("div", "gates", ...gates));
  if (shown.board) page.append(drawFoot(shown, speech));
  drawAge(page, shown, speech);
  return page;
}

// Says anew how old the figures are; touches nothing else, so that nothing moves under a finger.
export function drawAge(page: HTMLElement, shown: Shown, { say }: Speech): void {
  const stale = shown.board !== null && shown.ageMs > staleAfterMs;
  const gates = page.querySelector<HTMLElement>(".gates");
  const age = page.querySelector<HTMLElement>(".age");
  if (gates) gates.dataset.stale = String(stale);
  if (!age) return;
  age.textContent = say(stale ? "stale" : "age", { age: formatDuration(shown.ageMs) });
  age.dataset.stale = String(stale);
}

export function drawHead({ say, language }: Speech, onLanguage: (language: Speech["language"]) => void): HTMLElement {
  const choice = element("div", "languages");
  choice.setAttribute("role", "group");
  choice.setAttribute("aria-label", say("language"));
  for (const each of languages) {
    const button = element("button", "", languageNames[each]) as HTMLButtonElement;
    button.type = "button";
    button.lang = languageTags[each];
    button.setAttribute("aria-pressed", String(each === language));
    button.addEventListener("click", () => onLanguage(each));
    choice.append(button);
  }
  const home = element("a", "", say("home")) as HTMLAnchorElement;
  home.href = "/";
  const head = element("header", "head", element("h1", "", say("title")), home, choice);
  return element("div", "", head, element("p", "purpose", say("purpose")));
}

function drawGate(gate: BoardGate, shown: Shown, speech: Speech): HTMLElement {
  const { say, language } = speech;
  const count = (value: number) => formatNumber(value, language);
  const figure = (key: Key, value: number, more?: string) => {
    const box = element("div", "figure", element("dt", "", say(key)), element("dd", "", count(value)));
    if (more) box.append(element("dd", "more", more));
    return box;
  };
  const wait = Number(gate.median_wait_s);
  const name = element("h2", "", speech.gate(gate.gate_id));
  const figures = element(
    "dl",
    "figures",
    figure("waiting", gate.waiting_count, say("perishable", { count: count(gate.waiting_perishable_count) })),
    figure("called", gate.called_count),
    figure("declared", gate.declared_count),
    figure("exported", gate.exported_count),
    figure("imported", gate.imported_count),
    figure("outOfTurn", gate.out_of_turn_count),
  );
  const waiting =
    wait >= 0
      ? element("p", "wait", `${say("medianWait")} `, element("strong", "", formatWait(wait * 1000, language)))
      : element("p", "wait", say("medianNone"));
  const section = element("section", "gate", name, waiting, figures);
  const yards = shown.yards.filter((yard) => yard.gate_id === gate.gate_id);
  if (yards.length > 0) section.append(drawYards(yards, speech));
  const plan = shown.plans.find((each) => each.gate_id === gate.gate_id);
  if (plan) section.append(drawRule(plan, speech));
  return section;
}

function drawYards(yards: Yard[], { say, language }: Speech): HTMLElement {
  const rows = yards.map((yard) => {
    const words = say("yard", {
      used: formatNumber(yard.occupied_count, language),
      slots: formatNumber(yard.slot_count, language),
    });
    const title = element("span", "", yard.title);
    title.lang = "vi";
    const bar = element("span", "bar", element("span", ""));
    (bar.firstChild as HTMLElement).style.width = `${Math.min(1, yard.occupied_count / yard.slot_count) * 100}%`;
    bar.setAttribute("aria-hidden", "true");
    return element("li", "", title, " ", element("span", "more", words), bar);
  });
  return element("div", "yards", element("h3", "", say("yards")), element("ul", "", ...rows));
}

function drawRule(plan: HoldingPlan, { say, language }: Speech): HTMLElement {
  const sentences = [
    say("rule", {
      version: plan.version,
      max: plan.called_max,
      perishable: plan.perishable_of_ten,
      valid: formatWait(plan.call_valid_s * 1000, language),
    }),
  ];
  if (plan.cleared_only) sentences.push(say("ruleCleared"));
  if (plan.fee_settled_only) sentences.push(say("ruleFee"));
  return element("p", "rule", sentences.join(" "));
}

function drawFoot(shown: Shown, { say, language }: Speech): HTMLElement {
  const made = formatTime(shown.board?.make_time, language);
  const foot = element("footer", "foot", `${say("made", { time: made })} ${gateZone[language]} · `);
  foot.append(element("span", "age"));
  const source = Number(shown.board?.source_age_ms ?? 0);
  if (source < 0) foot.append(notice(say("sourceNever")));
  else if (source > staleAfterMs) foot.append(notice(say("sourceLate", { age: formatDuration(source) })));
  return foot;
}

function notice(text: string): HTMLElement {
  const made = element("p", "notice", text);
  made.setAttribute("role", "status");
  return made;
}
