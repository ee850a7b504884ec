import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Ticket } from "@/lib/wire.ts";

// The ticket of a trip; null before the truck has checked in.
export const tripTicketQuery = (tripId: string) =>
  queryOptions({
    queryKey: ["trip", tripId, "ticket"],
    queryFn: async ({ signal }) =>
      (await get<{ tickets: Ticket[] }>("/v1/tickets", { trip_id: tripId, page_size: 1 }, signal)).tickets[0] ?? null,
  });
