import { post } from "@/lib/http.ts";
import type { Decision, RefuseVehicleBody } from "@/lib/wire.ts";

// In the order of their keys 1 to 5.
export const refuseReasons = [
  "OFFICER_MISMATCH",
  "OFFICER_PAPERS_MISSING",
  "OFFICER_SUSPICION",
  "OFFICER_WRONG_LANE",
  "OFFICER_OTHER",
] as const;

export type RefuseVehicle = Required<RefuseVehicleBody> & { lane_id: string };

// Refuses the vehicle in the lane.
export function refuseVehicle({ lane_id, ...body }: RefuseVehicle, key: string): Promise<{ decision: Decision }> {
  return post(`/v1/lanes/${encodeURIComponent(lane_id)}:refuse`, body, key);
}
