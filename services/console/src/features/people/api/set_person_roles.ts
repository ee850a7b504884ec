import { post } from "@/lib/http.ts";
import type { Person, SetPersonRolesBody } from "@/lib/wire.ts";

// Replaces an officer's roles and gates; sessions go on with the new ones at once.
export function setPersonRoles(personId: string, body: SetPersonRolesBody, key: string): Promise<{ person: Person }> {
  return post(`/v1/persons/${encodeURIComponent(personId)}:setRoles`, body, key);
}
