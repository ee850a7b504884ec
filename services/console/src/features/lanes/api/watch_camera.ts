import { openEventStream } from "@/lib/event_stream.ts";
import type { Problem } from "@/lib/problem.ts";
import type { Still } from "@/lib/wire.ts";

// A camera live: the newest frame, then each newer one, at most two a second. Returns what ends the stream.
export function watchCamera(
  cameraId: string,
  handlers: { onStill: (still: Still) => void; onProblem: (problem: Problem) => void },
): () => void {
  return openEventStream<Still>(`/v1/cameras/${encodeURIComponent(cameraId)}/live`, {
    onMessage: handlers.onStill,
    onProblem: handlers.onProblem,
  });
}
