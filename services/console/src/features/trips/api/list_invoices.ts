import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Invoice } from "@/lib/wire.ts";

// The enterprise's newest invoices; 200 are the largest page.
export const invoicesQuery = queryOptions({
  queryKey: ["invoices"],
  queryFn: async ({ signal }) =>
    (await get<{ invoices: Invoice[] }>("/v1/invoices", { page_size: 200 }, signal)).invoices,
  refetchInterval: 10_000,
});
