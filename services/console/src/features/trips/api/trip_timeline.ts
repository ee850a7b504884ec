import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { TimelineEntry } from "@/lib/wire.ts";

// Everything that happened to a trip, in order of time.
export const tripTimelineQuery = (tripId: string) =>
  queryOptions({
    queryKey: ["trip", tripId, "timeline"],
    queryFn: async ({ signal }) =>
      (await get<{ entries: TimelineEntry[] }>(`/v1/trips/${encodeURIComponent(tripId)}/timeline`, {}, signal)).entries,
  });
