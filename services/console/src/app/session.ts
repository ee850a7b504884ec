import { useQueryClient } from "@tanstack/react-query";
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
