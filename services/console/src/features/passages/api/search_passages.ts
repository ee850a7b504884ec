import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { PassageRow } from "@/lib/wire.ts";

export interface PassageFilter {
  plate?: string;
  gate?: string;
  lane?: string;
  trip?: string;
  from?: string; // RFC 3339
  until?: string; // RFC 3339
  page?: string; // token of the page; absent for the first
}

interface Page {
  passages: PassageRow[];
  next_page_token: string;
}

// One page of passages, newest first. The first page is asked again every ten seconds, for the truck that is just leaving;
// an older one stays as it is.
export const passagesQuery = (filter: PassageFilter) =>
  queryOptions({
    queryKey: ["passages", filter],
    queryFn: ({ signal }) =>
      get<Page>(
        "/v1/passages",
        {
          plate: filter.plate,
          gate_id: filter.gate,
          lane_id: filter.lane,
          trip_id: filter.trip,
          from_time: filter.from,
          until_time: filter.until,
          page_token: filter.page,
          page_size: 50,
        },
        signal,
      ),
    refetchInterval: filter.page ? false : 10_000,
  });
