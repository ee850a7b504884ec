import { post } from "@/lib/http.ts";
import type { CreatePersonBody, Person } from "@/lib/wire.ts";

// Makes an officer's account. A repeat under the same key does not show the password again.
export function createPerson(
  body: CreatePersonBody,
  key: string,
): Promise<{ person: Person; one_time_password: string }> {
  return post("/v1/persons", body, key);
}
