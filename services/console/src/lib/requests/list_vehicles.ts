import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Vehicle } from "@/lib/wire.ts";

// The enterprise's vehicles, newest first; 200 are the largest page.
export const vehiclesQuery = queryOptions({
  queryKey: ["vehicles"],
  queryFn: async ({ signal }) =>
    (await get<{ vehicles: Vehicle[] }>("/v1/vehicles", { page_size: 200 }, signal)).vehicles,
});
