// The vehicle that a command was opened for: the one that waits before the barrier at that moment, also while its plate is
// still being read. When another one stands there, the command has lost its target.
import { useState } from "react";
import type { Decision, Lane } from "@/lib/wire.ts";
import { currentDecision } from "./lane_view.ts";

export interface Target {
  sessionId: string;
  decision: Decision | undefined; // the newest one on this vehicle
  left: boolean;
}

export function useTarget(lane: Lane): Target {
  const [sessionId] = useState(lane.session_id);
  const [last, setLast] = useState(() => currentDecision(lane));
  const left = lane.session_id !== sessionId;
  const newest = left ? undefined : currentDecision(lane);
  if (newest && newest.decision_id !== last?.decision_id) setLast(newest);
  return { sessionId, decision: newest ?? last, left };
}
