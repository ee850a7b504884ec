// One ticker for all ages, waits and clocks on the page.
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let ticker: ReturnType<typeof setInterval> | undefined;
let now = performance.now();

function subscribe(listener: () => void): () => void {
  if (ticker === undefined) {
    now = performance.now(); // it may have stood still for long
    ticker = setInterval(() => {
      now = performance.now();
      for (const each of listeners) each();
    }, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
  };
}

// Milliseconds of a clock that is never set, renewed every second. Only differences mean anything.
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
