import { post } from "@/lib/http.ts";
import type { Person } from "@/lib/wire.ts";

// Gives a new one-time password and ends all sessions. A repeat under the same key does not show the password again.
export function resetPassword(
  personId: string,
  reason: string,
  key: string,
): Promise<{ person: Person; one_time_password: string }> {
  return post(`/v1/persons/${encodeURIComponent(personId)}:resetPassword`, { reason }, key);
}
