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
