import { pagedQuery } from "@/lib/paged.ts";
import type { Role, Trip, TripState } from "@/lib/wire.ts";

export interface TripsFilter {
  state?: TripState;
  openStepRoles?: Role[]; // only trips that wait for one of these
  oldestFirst?: boolean;
}

// Trips, newest first unless asked otherwise.
export const tripsQuery = (filter: TripsFilter) =>
  pagedQuery<Trip>(
    "/v1/trips",
    "trips",
    { state: filter.state, open_step_roles: filter.openStepRoles, oldest_first: filter.oldestFirst },
    filter.openStepRoles ? 5_000 : 15_000,
  );
