import { infiniteQueryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Trip, TripState } from "@/lib/wire.ts";

interface Page {
  trips: Trip[];
  next_page_token: string;
}

// Trips, newest first, page after page.
export const tripsQuery = (filter: { gate?: string; state?: TripState }) =>
  infiniteQueryOptions({
    queryKey: ["trips", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        "/v1/trips",
        { gate_id: filter.gate, state: filter.state, page_token: pageParam, page_size: 100 },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_page_token || undefined,
    refetchInterval: 15_000,
  });
