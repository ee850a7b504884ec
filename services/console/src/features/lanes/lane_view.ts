// What an officer should see of a lane: which sign it carries, what may be done, whether its picture is still true.
// Pure functions; the screens only draw what these say.
import type { Signal } from "@/components/signal.tsx";
import type { BarrierCommand, BarrierPosition, Decision, Lane } from "@/lib/wire.ts";

// A lane without news for longer is shown as lost. The server sends each lane at least every 2 s.
export const staleAfterMs = 5_000;
// The time a vehicle should need at the gate.
export const waitTargetMs = 120_000;
// The switch must answer a command within this time.
export const switchLimitMs = 10_000;

export function isStale(ageMs: number): boolean {
  return ageMs > staleAfterMs;
}

// Reasons that make an officer look at once, whatever the outcome.
function isWatchReason(code: string): boolean {
  return code.startsWith("WATCH_LIST");
}

export function signalOf(lane: Lane): Signal {
  if (lane.state === "LANE_STATE_FAULT" || lane.faults.length > 0) return "urgent";
  if (lane.barrier_position === "BARRIER_POSITION_UNKNOWN") return "urgent";
  switch (lane.state) {
    case "LANE_STATE_ASKING":
    case "LANE_STATE_REFUSED":
      return currentDecision(lane)?.reasons.some((reason) => isWatchReason(reason.code)) ? "urgent" : "attention";
    case "LANE_STATE_IDENTIFYING":
    case "LANE_STATE_OPENING":
    case "LANE_STATE_PASSING":
    case "LANE_STATE_CLOSING":
      return "progress";
    default:
      return "rest";
  }
}

// The decision on the vehicle that stands in the lane now. While the lane is idle, or still reads the plate, the decision
// it carries is about the vehicle before and must not be taken for this one.
export function currentDecision(lane: Lane): Decision | undefined {
  switch (lane.state) {
    case "LANE_STATE_ASKING":
    case "LANE_STATE_REFUSED":
    case "LANE_STATE_OPENING":
    case "LANE_STATE_PASSING":
    case "LANE_STATE_CLOSING":
    case "LANE_STATE_FAULT":
      return lane.decision;
    default:
      return undefined;
  }
}

export function isWatchListed(decision: Decision | undefined): boolean {
  return decision?.reasons.some((reason) => isWatchReason(reason.code)) ?? false;
}

// The word for what the lane is doing. A lane that is closed and empty is closed, not free.
export function stateKey(lane: Lane) {
  if (lane.mode === "MODE_CLOSED" && lane.state === "LANE_STATE_IDLE") return "state.closed" as const;
  return `state.${lane.state}` as const;
}

// States in which the server takes an officer's decision on the vehicle in the lane.
function vehicleWaits(lane: Lane): boolean {
  return (
    lane.state === "LANE_STATE_IDENTIFYING" || lane.state === "LANE_STATE_ASKING" || lane.state === "LANE_STATE_REFUSED"
  );
}

export function takesOpening(lane: Lane): boolean {
  return vehicleWaits(lane) && lane.mode !== "MODE_CLOSED";
}

export function takesRefusal(lane: Lane): boolean {
  return vehicleWaits(lane);
}

// True: somebody stands before the barrier and the time counts.
export function isWaiting(lane: Lane): boolean {
  return vehicleWaits(lane);
}

export type Opening = "sent" | "moving" | "open" | "unknown" | "unconfirmed";

// How far an opening has come, by the switches and nothing else. `sinceMs` is the time since the order was accepted.
export function openingOf(command: BarrierCommand, position: BarrierPosition, sinceMs: number): Opening {
  if (command === "BARRIER_COMMAND_RAISE" && position === "BARRIER_POSITION_UP") return "open";
  if (position === "BARRIER_POSITION_UNKNOWN") return "unknown";
  if (sinceMs > switchLimitMs) return "unconfirmed";
  return position === "BARRIER_POSITION_MOVING" ? "moving" : "sent";
}

// The order on the wall: by gate, then by title as people count (X2 before X10).
export function compareLanes(a: Lane, b: Lane): number {
  return a.gate_id.localeCompare(b.gate_id) || a.title.localeCompare(b.title, "vi", { numeric: true });
}

// Columns of the wall: at most two rows up to 14 lanes, and few lanes get large tiles.
export function columnsFor(count: number): number {
  if (count <= 5) return Math.max(count, 1);
  if (count <= 14) return Math.ceil(count / 2);
  return 7;
}
