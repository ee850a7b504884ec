import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Workflow } from "@/lib/wire.ts";

// The gates where trips can be declared: those that have a workflow.
export const gatesQuery = queryOptions({
  queryKey: ["gates"],
  queryFn: async ({ signal }) => {
    const { workflows } = await get<{ workflows: Workflow[] }>("/v1/workflows", { page_size: 200 }, signal);
    return [...new Set(workflows.map((each) => each.gate_id))].sort();
  },
  staleTime: 300_000,
});
