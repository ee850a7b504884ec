import { openEventStream } from "@/lib/event_stream.ts";
import { withQuery } from "@/lib/http.ts";
import type { Problem } from "@/lib/problem.ts";
import type { Lane } from "@/lib/wire.ts";

// Lanes live: each as it is, then whenever one changes, each at least every 2 s. Returns what ends the stream.
export function watchLanes(handlers: {
  onLane: (lane: Lane) => void;
  onOpen: () => void;
  onProblem: (problem: Problem) => void;
}): () => void {
  return openEventStream<{ lane?: Lane }>(withQuery("/v1/lanes:watch"), {
    onMessage: ({ lane }) => lane && handlers.onLane(lane),
    onOpen: handlers.onOpen,
    onProblem: handlers.onProblem,
  });
}
