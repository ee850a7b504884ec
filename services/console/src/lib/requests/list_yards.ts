import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Yard } from "@/lib/wire.ts";

// The holding yards, for their names.
export const yardsQuery = queryOptions({
  queryKey: ["yards"],
  queryFn: async ({ signal }) => (await get<{ yards: Yard[] }>("/v1/yards", { page_size: 200 }, signal)).yards,
  staleTime: 300_000,
});
