import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { meQuery } from "@/lib/requests/get_me.ts";

// What to do when the server says that the session has ended: sign in again and come back to the same page.
export function useSignedOut(): () => void {
  const router = useRouter();
  const client = useQueryClient();
  return useCallback(() => {
    client.setQueryData(meQuery.queryKey, null);
    const next = router.state.location.href;
    if (!next.startsWith("/sign-in")) void router.navigate({ to: "/sign-in", search: { next, ended: "1" } });
  }, [router, client]);
}

// Somebody else may sit here now: nothing that was read for the one before may stay.
export function forgetPerson(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
  client.setQueryData(meQuery.queryKey, null);
}
