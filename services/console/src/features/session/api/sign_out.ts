import { post } from "@/lib/http.ts";
import { asProblem } from "@/lib/problem.ts";

// Ends the session. One that has ended already counts as ended.
export async function signOut(): Promise<void> {
  try {
    await post("/v1/sign-out", {});
  } catch (error) {
    if (!asProblem(error).signedOut) throw error;
  }
}
