import { post } from "@/lib/http.ts";

// Starts a session; the gateway turns it into a cookie that scripts cannot read.
export function signIn(name: string, password: string): Promise<unknown> {
  return post("/v1/sign-in", { sign_in_name: name, password });
}
