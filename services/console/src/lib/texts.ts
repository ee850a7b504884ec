// Texts that are found by a code of the server: reasons, kinds of events, names of enum values. A code that this
// version does not know yet is shown as the code itself, never hidden.
import i18next from "i18next";
import { formatDuration } from "./format.ts";
import { formatPlate } from "./plate.ts";
import type { Problem } from "./problem.ts";
import type { Reason } from "./wire.ts";

// `area` is a catalogue and `name` a key in it that is put together from a code.
export function textOfCode(area: string, name: string, params: Record<string, string> = {}, fallback = name): string {
  const key = `${area}:${name}`;
  return i18next.exists(key) ? (i18next.t as (key: string, params: object) => string)(key, params) : fallback;
}

// A decision, a mode or a fault is explained by causes. Some codes are also the reasons of refused requests and read
// differently there; "cause.<code>" then holds the text that belongs here. `stepTitle` names the steps of the lane's gate.
export function causeText(cause: Reason, stepTitle: (stepId: string) => string): string {
  const params = readable(cause.params, stepTitle);
  const own = textOfCode("reasons", `cause.${cause.code}`, params, "");
  return own || textOfCode("reasons", cause.code, params);
}

// The parameters as people read them; the codes among them have texts of their own.
function readable(params: Record<string, string>, stepTitle: (stepId: string) => string): Record<string, string> {
  const shown: Record<string, string> = { ...params };
  for (const name of ["plate", "expected", "seen"]) {
    if (params[name] !== undefined) shown[name] = formatPlate(params[name]) || "–"; // nothing was declared
  }
  if (params.step_id) shown.step = stepTitle(params.step_id);
  if (params.gate_id) shown.gate = gateText(params.gate_id);
  if (params.input) shown.input = textOfCode("lanes", `input.${params.input}`, {}, params.input);
  if (params.loop) shown.loop = textOfCode("lanes", `loops.${params.loop}`, {}, params.loop);
  if (params.scale_state) shown.scale = textOfCode("lanes", `scale.${params.scale_state}`, {}, params.scale_state);
  if (params.fault) shown.fault = textOfCode("reasons", params.fault);
  if (params.cause) shown.cause = textOfCode("reasons", `watch.${params.cause}`, {}, params.cause);
  if (params.wait_ms) shown.wait = formatDuration(Number(params.wait_ms));
  return shown;
}

// What went wrong, for people.
export function problemText(problem: Problem): string {
  return textOfCode("reasons", problem.reason, problem.params);
}

export function roleText(role: string): string {
  return textOfCode("common", `role.${role}`, {}, role);
}

export function directionText(direction: string): string {
  return textOfCode("common", `direction.${direction}`, {}, direction);
}

export function gateText(gateId: string): string {
  return textOfCode("common", `gate.${gateId}`, {}, gateId);
}
