// Where a person's work begins: the page that opens after signing in.
import { hasSteps, may } from "@/lib/access.ts";
import type { Me } from "@/lib/wire.ts";

export function homeOf(me: Me): "/lanes" | "/work" | "/trips" | "/people" | "/" {
  if (may(me, "LaneService.SetLaneMode")) return "/lanes";
  if (hasSteps(me)) return "/work";
  if (may(me, "CustomsService.ListTrips")) return "/trips";
  return may(me, "IdentityService.CreatePerson") ? "/people" : "/";
}
