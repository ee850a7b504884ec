import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Trip } from "@/lib/wire.ts";

// One trip.
export const tripQuery = (tripId: string) =>
  queryOptions({
    queryKey: ["trip", tripId],
    queryFn: async ({ signal }) =>
      (await get<{ trip: Trip }>(`/v1/trips/${encodeURIComponent(tripId)}`, {}, signal)).trip,
  });
