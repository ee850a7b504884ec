import { post } from "@/lib/http.ts";
import type { Ticket } from "@/lib/wire.ts";

// Calls one ticket out of turn; reason and name are public.
export function callOutOfTurn(ticketId: string, reason: string, key: string): Promise<{ ticket: Ticket }> {
  return post(`/v1/tickets/${encodeURIComponent(ticketId)}:callOutOfTurn`, { reason }, key);
}
