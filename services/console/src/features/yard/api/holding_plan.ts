import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { HoldingPlan } from "@/lib/wire.ts";

// The rule by which a gate calls trucks now; null when it has none.
export const holdingPlanQuery = (gateId: string) =>
  queryOptions({
    queryKey: ["holding_plan", gateId],
    queryFn: async ({ signal }) =>
      (await get<{ holding_plans: HoldingPlan[] }>("/v1/holding-plans", { gate_id: gateId, page_size: 1 }, signal))
        .holding_plans[0] ?? null,
    refetchInterval: 60_000,
  });
