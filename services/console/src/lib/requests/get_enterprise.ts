import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Enterprise } from "@/lib/wire.ts";

// The enterprise that declared a trip.
export const enterpriseQuery = (enterpriseId: string) =>
  queryOptions({
    queryKey: ["enterprise", enterpriseId],
    queryFn: async ({ signal }) =>
      (await get<{ enterprise: Enterprise }>(`/v1/enterprises/${encodeURIComponent(enterpriseId)}`, {}, signal))
        .enterprise,
    staleTime: 300_000,
  });
