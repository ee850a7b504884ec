// Keeps one stream of lanes open for the screens below it. A hidden tab holds no connection: browsers allow six to a
// host. What it shows when it comes back is as old as it is, until the stream has sent it anew.
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { watchLanes } from "./api/watch_lanes.ts";
import { LaneStore, type LiveState } from "./lane_store.ts";

const Context = createContext<LaneStore | null>(null);

export function LiveLanes({ onSignedOut, children }: { onSignedOut: () => void; children: ReactNode }) {
  const [store] = useState(() => new LaneStore());

  useEffect(() => {
    let close: (() => void) | null = null;
    const follow = () => {
      if (document.visibilityState === "hidden") {
        close?.();
        close = null;
      } else {
        close ??= watchLanes({
          onLane: (lane) => store.take(lane),
          onOpen: () => store.opened(),
          onProblem: (problem) => {
            store.broke(problem);
            if (problem.signedOut) onSignedOut();
          },
        });
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close?.();
    };
  }, [store, onSignedOut]);

  return <Context value={store}>{children}</Context>;
}

export function useLiveLanes(): LiveState {
  const store = useContext(Context);
  if (!store) throw new Error("useLiveLanes outside LiveLanes");
  return useSyncExternalStore(store.subscribe, store.get);
}
