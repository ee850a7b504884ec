// Where the focus goes when a dialog closes: back to the button that opened it, or, when that one is gone, to the nearest
// thing that stands for it.
import { useRef } from "react";

export function useFocusReturn() {
  const opener = useRef<Element | null>(null);
  return {
    // Call when the dialog is asked for.
    remember: () => {
      opener.current = document.activeElement;
    },
    // Call when it closes.
    giveBack: (instead: () => Element | null) => {
      setTimeout(() => {
        const target = opener.current?.isConnected ? opener.current : instead();
        if (target instanceof HTMLElement) target.focus();
      });
    },
  };
}
