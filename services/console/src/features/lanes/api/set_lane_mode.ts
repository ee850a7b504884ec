import { post } from "@/lib/http.ts";
import type { Lane, Mode, SetLaneModeBody } from "@/lib/wire.ts";

// The modes that a person can set; MODE_LOCAL comes by itself.
export const settableModes = ["MODE_AUTO", "MODE_CONFIRM", "MODE_MANUAL", "MODE_CLOSED"] as const satisfies Mode[];

// Sets a lane's mode, with the reason why.
export function setLaneMode(laneId: string, mode: Mode, reason: string, key: string): Promise<{ lane: Lane }> {
  const body: SetLaneModeBody = { mode, reason };
  return post(`/v1/lanes/${encodeURIComponent(laneId)}:setMode`, body, key);
}
