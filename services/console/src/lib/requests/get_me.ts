import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import { asProblem } from "@/lib/problem.ts";
import type { Me } from "@/lib/wire.ts";

// Who is signed in; null when nobody is.
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await get<Me>("/v1/me", {}, signal);
    } catch (error) {
      if (asProblem(error).signedOut) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});
