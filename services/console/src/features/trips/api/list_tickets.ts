import { queryOptions } from "@tanstack/react-query";
import { get } from "@/lib/http.ts";
import type { Ticket } from "@/lib/wire.ts";

// The enterprise's tickets that wait or are called; 200 of each are the largest page.
export const ticketsQuery = queryOptions({
  queryKey: ["tickets"],
  queryFn: async ({ signal }) => {
    const inState = async (state: Ticket["state"]) =>
      (await get<{ tickets: Ticket[] }>("/v1/tickets", { state, page_size: 200 }, signal)).tickets;
    return [...(await inState("STATE_CALLED")), ...(await inState("STATE_WAITING"))];
  },
  refetchInterval: 10_000,
});
