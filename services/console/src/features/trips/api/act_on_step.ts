import { post } from "@/lib/http.ts";
import type { Trip } from "@/lib/wire.ts";

export type StepAct = "confirm" | "hold" | "release";

export interface ActOnStep {
  trip_id: string;
  step_id: string;
  act: StepAct;
  text: string; // a remark with the confirmation, the reason of a hold or of its end
}

// Confirms or holds the caller's step, or ends the hold. Answers with the trip as it is then.
export function actOnStep({ trip_id, step_id, act, text }: ActOnStep, key: string): Promise<{ trip: Trip }> {
  const path = `/v1/trips/${encodeURIComponent(trip_id)}/steps/${encodeURIComponent(step_id)}:${act}`;
  return post(path, act === "confirm" ? { remark: text } : { reason: text }, key);
}
