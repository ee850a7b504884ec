// The form of a rule: what people change, what is sent of it, and how two versions differ. Pure functions.

import type { Places } from "@/lib/form_faults.ts";
import { formatDayMinute, parseDayMinute } from "@/lib/format.ts";
import type { CheckpointRule } from "@/lib/wire.ts";

export interface SpanForm {
  weekdays: number[]; // 1 Monday to 7 Sunday; none means every day
  open: string; // 07:00
  close: string;
}

export interface RuleForm {
  cleared_required: boolean;
  fee_required: boolean;
  call_required: boolean;
  permit_required: boolean;
  confidence_percent: number | null;
  stay_max_h: number | null; // 0: as long as it likes
  weight_tolerance_kg: number | null; // 0: nobody is weighed
  opening_hours: SpanForm[]; // none: at any hour
}

export type Part = keyof RuleForm;
export const parts: Part[] = [
  "cleared_required",
  "fee_required",
  "call_required",
  "permit_required",
  "confidence_percent",
  "stay_max_h",
  "weight_tolerance_kg",
  "opening_hours",
];

export function formOf(rule: CheckpointRule): RuleForm {
  return {
    cleared_required: rule.cleared_required,
    fee_required: rule.fee_required,
    call_required: rule.call_required,
    permit_required: rule.permit_required,
    confidence_percent: Math.round(rule.confidence_min * 1000) / 10,
    stay_max_h: rule.stay_max_h,
    weight_tolerance_kg: rule.weight_tolerance_kg,
    opening_hours: rule.opening_hours.map((span) => ({
      weekdays: span.weekdays,
      open: formatDayMinute(span.open_minute),
      close: formatDayMinute(span.close_minute),
    })),
  };
}

// What both trying and saving send. A time that is none goes out as -1, which the server names at its field.
export function bodyOf(checkpointId: string, form: RuleForm) {
  return {
    checkpoint_id: checkpointId,
    cleared_required: form.cleared_required,
    fee_required: form.fee_required,
    call_required: form.call_required,
    permit_required: form.permit_required,
    confidence_min: (form.confidence_percent ?? 0) / 100,
    stay_max_h: form.stay_max_h ?? 0,
    weight_tolerance_kg: form.weight_tolerance_kg ?? 0,
    opening_hours: form.opening_hours.map((span) => ({
      weekdays: [...span.weekdays].sort(),
      open_minute: parseDayMinute(span.open) ?? -1,
      close_minute: parseDayMinute(span.close) ?? -1,
    })),
  };
}

const renamed: Record<string, string> = {
  confidence_min: "confidence_percent",
  open_minute: "open",
  close_minute: "close",
};

// Where in the form a pointer of the request leads: "/opening_hours/0/open_minute" → opening_hours, 0, open.
export const places: Places = {
  ofPointer: (pointer) =>
    pointer
      .split("/")
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : (renamed[part] ?? part))),
};

function same(a: RuleForm, b: RuleForm, part: Part): boolean {
  return JSON.stringify(bodyOf("", { ...a, [part]: b[part] })) === JSON.stringify(bodyOf("", a));
}

// The parts in which two rules differ.
export function differences(a: RuleForm, b: RuleForm): Part[] {
  return parts.filter((part) => !same(a, b, part));
}

// My changes of `base`, made to another version: what I did not touch is taken from that one.
export function moved(base: RuleForm, mine: RuleForm, to: RuleForm): RuleForm {
  const changed = differences(base, mine);
  return { ...to, ...Object.fromEntries(changed.map((part) => [part, mine[part]])) };
}

// "huu-nghi-export" → its gate and direction.
export function placeOf(checkpointId: string): { gateId: string; direction: string } {
  const cut = checkpointId.lastIndexOf("-");
  const way = checkpointId.slice(cut + 1);
  return way === "export" || way === "import"
    ? { gateId: checkpointId.slice(0, cut), direction: `DIRECTION_${way.toUpperCase()}` }
    : { gateId: checkpointId, direction: "DIRECTION_UNSPECIFIED" };
}
