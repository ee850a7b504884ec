import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Workflow } from "@/lib/wire.ts";

// The workflows of a gate, newest version first: titles and roles of steps. 200 versions are the largest page.
export const workflowsQuery = (gateId: string) =>
  queryOptions({
    queryKey: ["workflows", gateId],
    queryFn: async ({ signal }) =>
      (await get<{ workflows: Workflow[] }>("/v1/workflows", { gate_id: gateId, page_size: 200 }, signal)).workflows,
    staleTime: 60_000,
  });
