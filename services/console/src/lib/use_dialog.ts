// Which dialog of a page is open, and about what. The focus goes back to where it was.
import { useState } from "react";
import { useFocusReturn } from "./focus_return.ts";

export function useDialog<Asked>() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const focus = useFocusReturn();
  return {
    asked,
    ask: (next: Asked) => {
      focus.remember();
      setAsked(next);
    },
    close: () => {
      setAsked(null);
      focus.giveBack(() => document.querySelector<HTMLElement>("#content"));
    },
  };
}
