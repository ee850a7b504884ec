import { infiniteQueryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Role, Trip, TripState } from "@/lib/wire.ts";

interface Page {
  trips: Trip[];
  next_page_token: string;
}

export interface TripsFilter {
  state?: TripState;
  openStepRoles?: Role[]; // only trips that wait for one of these
  oldestFirst?: boolean;
}

// Trips, newest first unless asked otherwise, page after page.
export const tripsQuery = (filter: TripsFilter) =>
  infiniteQueryOptions({
    queryKey: ["trips", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        "/v1/trips",
        {
          state: filter.state,
          open_step_roles: filter.openStepRoles,
          oldest_first: filter.oldestFirst,
          page_token: pageParam,
          page_size: 100,
        },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_page_token || undefined,
    refetchInterval: filter.openStepRoles ? 5_000 : 15_000,
  });
