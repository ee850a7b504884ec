import { post } from "@/lib/http.ts";
import type { Decision } from "@/lib/wire.ts";

// In the order of their keys 1 to 5.
export const refuseReasons = [
  "OFFICER_MISMATCH",
  "OFFICER_PAPERS_MISSING",
  "OFFICER_SUSPICION",
  "OFFICER_WRONG_LANE",
  "OFFICER_OTHER",
] as const;

export interface RefuseVehicle {
  lane_id: string;
  session_id: string;
  reason_code: string;
  remark: string;
}

// Refuses the vehicle in the lane.
export function refuseVehicle({ lane_id, ...body }: RefuseVehicle, key: string): Promise<{ decision: Decision }> {
  return post(`/v1/lanes/${encodeURIComponent(lane_id)}:refuse`, body, key);
}
