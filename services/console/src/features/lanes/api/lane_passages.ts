import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { PassageRow } from "@/lib/wire.ts";

// The last ten passages of a lane, newest first.
export const lanePassagesQuery = (laneId: string) =>
  queryOptions({
    queryKey: ["lane-passages", laneId],
    queryFn: async ({ signal }) =>
      (await get<{ passages: PassageRow[] }>("/v1/passages", { lane_id: laneId, page_size: 10 }, signal)).passages,
    refetchInterval: 10_000,
  });
