// What the server found wrong with a form, at the fields where it belongs.
import type { Problem } from "./problem.ts";
import { problemText, textOfCode } from "./texts.ts";

export interface FieldFault {
  name: (string | number)[]; // of the form's field
  text: string;
}

export interface Places {
  ofPointer: (pointer: string) => (string | number)[]; // from a pointer into the request to the form's field
  ofReason?: Record<string, string>; // fields of reasons that carry no pointer
}

export function faultsOf(problem: Problem | null, places: Places): FieldFault[] {
  if (!problem) return [];
  const place = places.ofReason?.[problem.reason];
  if (place) return [{ name: [place], text: problemText(problem) }];
  return problem.fields.map((field) => ({
    name: places.ofPointer(field.pointer),
    text: textOfCode("reasons", field.reason, {}, field.detail || field.reason),
  }));
}

// Places of a form whose fields are called as in the request: "/opening_hours/0/open_minute" → opening_hours, 0, open_minute.
export function placesOf(ofReason: Record<string, string> = {}): Places {
  return {
    ofPointer: (pointer) =>
      pointer
        .split("/")
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    ofReason,
  };
}

// What was left empty is left out; texts go out composed and trimmed, a password as it was typed.
export function withoutEmpty<Body extends object>(values: Body): Body {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === "string" && name !== "password" ? value.trim().normalize("NFC") : value,
    ]),
  ) as Body;
}
