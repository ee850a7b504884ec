// The lanes as they were last heard of. Each picture replaces the one before it whole; nothing is added up, so nothing
// can be added to something old.

import type { Problem } from "@/lib/problem.ts";
import { serverNow } from "@/lib/server_clock.ts";
import type { Lane } from "@/lib/wire.ts";
import { compareLanes } from "./lane_view.ts";

export interface LiveLane {
  lane: Lane;
  // When this picture was true, by performance.now(); its age is the difference to now.
  trueAt: number;
}

export interface LiveState {
  lanes: LiveLane[];
  connection: "opening" | "open" | "broken";
  problem: Problem | null;
}

export class LaneStore {
  private state: LiveState = { lanes: [], connection: "opening", problem: null };
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly get = (): LiveState => this.state;

  // A picture of a lane. One that is not newer than what we have is no news: a server that repeats itself must not make
  // an old picture look young.
  take(lane: Lane): void {
    const known = this.state.lanes.find((each) => each.lane.lane_id === lane.lane_id);
    if (known && lane.report_time && known.lane.report_time === lane.report_time) return;
    const live = { lane, trueAt: performance.now() - ageOnArrival(lane) };
    const others = this.state.lanes.filter((each) => each !== known);
    this.set({ lanes: [...others, live].sort((a, b) => compareLanes(a.lane, b.lane)) });
  }

  opened(): void {
    this.set({ connection: "open", problem: null });
  }
  broke(problem: Problem): void {
    this.set({ connection: "broken", problem });
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

// How old the picture was when it came, by the server's clock, which is known to a second.
function ageOnArrival(lane: Lane): number {
  const made = lane.report_time ? Date.parse(lane.report_time) : Number.NaN;
  const age = serverNow() - made;
  return age > 1_500 ? age : 0;
}
