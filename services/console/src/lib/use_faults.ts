// The faults of a form after an attempt: shown at their fields and in a list above; one that is worked on goes away.
import type { FormInstance } from "antd";
import { useEffect, useState } from "react";
import { type FieldFault, faultsOf, type Places } from "./form_faults.ts";
import type { Problem } from "./problem.ts";
import { textOfCode } from "./texts.ts";

export interface Faults {
  open: FieldFault[]; // those not worked on yet
  found: number; // all of the last attempt; 0 while there was none
  onValuesChange: (changed: object) => void; // for the form
}

export function useFaults<Values>(form: FormInstance<Values>, problem: Problem | null, places: Places): Faults {
  const [state, setState] = useState<{ of: Problem | null; open: FieldFault[]; found: number }>({
    of: null,
    open: [],
    found: 0,
  });
  let { open, found } = state;
  if (state.of !== problem) {
    open = faultsOf(problem, places).map((fault) => (isEmpty(form, fault) ? { ...fault, text: required() } : fault));
    found = open.length;
    setState({ of: problem, open, found });
  }
  useEffect(() => {
    for (const fault of open) {
      const same = open.filter((each) => each.name.join() === fault.name.join());
      form.setFields([{ name: fault.name as never, errors: same.map((each) => each.text) }]);
    }
  }, [open, form]);
  return {
    open,
    found,
    onValuesChange: (changed) => {
      const name = pathOf(changed);
      form.setFields([{ name: name as never, errors: [] }]);
      setState((last) => ({ ...last, open: last.open.filter((fault) => fault.name.join() !== name.join()) }));
    },
  };
}

const required = () => textOfCode("reasons", "FIELD_REQUIRED");

// Whoever left a field empty is told that it is needed, not that nothing is of the wrong form.
function isEmpty<Values>(form: FormInstance<Values>, fault: FieldFault): boolean {
  const value: unknown = form.getFieldValue(fault.name as never);
  return value === undefined || value === null || value === "";
}

// The one path in a partial record of values, as a form reports a change: { goods: [, { hs_code: "1" }] } → goods, 1, hs_code.
export function pathOf(changed: unknown): (string | number)[] {
  if (typeof changed !== "object" || changed === null) return [];
  const key = Object.keys(changed).find((each) => (changed as Record<string, unknown>)[each] !== undefined);
  if (key === undefined) return [];
  return [Array.isArray(changed) ? Number(key) : key, ...pathOf((changed as Record<string, unknown>)[key])];
}
