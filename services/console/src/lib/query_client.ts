// How requests that read are kept and repeated. A refusal is final; only silence is asked again.
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem.ts";

const repeatable = new Set(["NETWORK_UNREACHABLE", "SERVICE_UNAVAILABLE", "OVERLOADED", "DEADLINE_EXCEEDED"]);

export function makeQueryClient(onSignedOut: () => void, retryPauseMs = 1000): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (asProblem(error).signedOut && query.meta?.mayBeSignedOut !== true) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && repeatable.has(asProblem(error).reason),
        retryDelay: (failures) => retryPauseMs * 2 ** failures,
      },
      mutations: { retry: false },
    },
  });
}
