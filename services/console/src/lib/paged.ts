// Lists of the interface, page after page.
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { get, type Query } from "./http.ts";

// `name` is the field of the answer that holds the rows. The list is asked for again every `refreshMs`.
export function pagedQuery<Row>(path: string, name: string, query: Query = {}, refreshMs = 15_000) {
  return infiniteQueryOptions({
    queryKey: [name, query],
    queryFn: async ({ pageParam, signal }): Promise<{ rows: Row[]; next: string }> => {
      const answer = await get<Record<string, unknown>>(
        path,
        { page_size: 100, ...query, page_token: pageParam },
        signal,
      );
      return { rows: answer[name] as Row[], next: answer.next_page_token as string };
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    refetchInterval: refreshMs,
  });
}

export interface Paged<Row> {
  rows: Row[];
  loaded: boolean;
  loadedAt: number; // when the rows came, by the browser's clock; 0 when they never did
  problem: Error | null;
  again: () => void;
  more: (() => void) | null;
}

export function usePaged<Row>(options: ReturnType<typeof pagedQuery<Row>>): Paged<Row> {
  const query = useInfiniteQuery(options);
  return {
    rows: query.data?.pages.flatMap((page) => page.rows) ?? [],
    loaded: query.isSuccess || query.data !== undefined,
    loadedAt: query.dataUpdatedAt,
    problem: query.error,
    again: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}
