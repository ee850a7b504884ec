import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Driver } from "@/lib/wire.ts";

// The enterprise's drivers, newest first; 200 are the largest page.
export const driversQuery = queryOptions({
  queryKey: ["drivers"],
  queryFn: async ({ signal }) => (await get<{ drivers: Driver[] }>("/v1/drivers", { page_size: 200 }, signal)).drivers,
});
