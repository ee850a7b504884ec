import { post } from "@/lib/http.ts";
import type { Decision, OpenBarrierBody } from "@/lib/wire.ts";

// In the order of their keys 1 to 6.
export const openReasons = [
  "OFFICER_IDENTIFIED",
  "OFFICER_PAPERS",
  "OFFICER_ORDER",
  "OFFICER_RETURN",
  "OFFICER_SERVICE",
  "OFFICER_OTHER",
] as const;

export type OpenBarrier = Required<OpenBarrierBody> & { lane_id: string };

// Orders the barrier open. The answer means: decided, on disk, sent; only the switches say that the arm is up.
export function openBarrier({ lane_id, ...body }: OpenBarrier, key: string): Promise<{ decision: Decision }> {
  return post(`/v1/lanes/${encodeURIComponent(lane_id)}:open`, body, key);
}
