import { post } from "@/lib/http.ts";
import type { Ticket } from "@/lib/wire.ts";

export interface CheckIn {
  yard_id?: string;
  plate?: string;
}

// Checks a truck in; one that is in already gets its ticket again.
export function checkIn({ yard_id = "", plate = "" }: CheckIn, key: string): Promise<{ ticket: Ticket }> {
  return post(`/v1/yards/${encodeURIComponent(yard_id)}:checkIn`, { plate }, key);
}
