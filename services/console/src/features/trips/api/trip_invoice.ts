import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Invoice } from "@/lib/wire.ts";

// The invoice of a trip; null before it is issued.
export const tripInvoiceQuery = (tripId: string) =>
  queryOptions({
    queryKey: ["trip", tripId, "invoice"],
    queryFn: async ({ signal }) =>
      (await get<{ invoices: Invoice[] }>("/v1/invoices", { trip_id: tripId, page_size: 1 }, signal)).invoices[0] ??
      null,
  });
