import { pagedQuery } from "@/lib/paged.ts";
import type { Ticket } from "@/lib/wire.ts";

// Tickets of a gate in the order of their numbers.
export const ticketsQuery = (gateId: string, state: "STATE_CALLED" | "STATE_WAITING") =>
  pagedQuery<Ticket>("/v1/tickets", "tickets", { gate_id: gateId, state, page_size: 25 }, 5_000);
