import { post } from "@/lib/http.ts";
import type { Person } from "@/lib/wire.ts";

// Disables an account and ends all its sessions.
export function disablePerson(personId: string, reason: string, key: string): Promise<{ person: Person }> {
  return post(`/v1/persons/${encodeURIComponent(personId)}:disable`, { reason }, key);
}
