import { post } from "@/lib/http.ts";
import type { Person, SignUpBody } from "@/lib/wire.ts";

// Makes the first account of an enterprise.
export function signUp(body: SignUpBody, key: string): Promise<{ person: Person }> {
  return post("/v1/sign-up", body, key);
}
