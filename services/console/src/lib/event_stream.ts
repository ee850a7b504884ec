// A server stream read as Server-Sent Events, kept open. It repairs itself: a connection that ends, or that is silent
// for longer than the server promises to be, is opened anew with growing pauses, never in a tight loop. Reading by
// fetch instead of EventSource lets us see why the server refuses.
import { EventSourceParserStream } from "eventsource-parser/stream";
import { asProblem, Problem, problemOf, problemOfBody } from "./problem.ts";
import { observeServerDate } from "./server_clock.ts";

export interface StreamHandlers<T> {
  onMessage: (message: T) => void;
  // Connected: an answer came. The server then sends everything as it is, so nothing old must be kept as current.
  onOpen?: () => void;
  // Not connected. Tried again, unless the opening itself was refused because nobody is signed in or the role is missing.
  onProblem?: (problem: Problem) => void;
}

// Longer than the pause after which the gateway sends a sign of life (15 s).
const silenceLimitMs = 18_000;

export interface StreamOptions {
  silenceLimitMs?: number;
  pausesMs?: readonly number[];
}

// Opens the stream and keeps it until the returned function is called.
export function openEventStream<T>(url: string, handlers: StreamHandlers<T>, options: StreamOptions = {}): () => void {
  const pauses = options.pausesMs ?? [500, 1000, 2000, 5000];
  const ended = new AbortController();
  let lastId = "";
  let failures = 0;

  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        await readOnce();
      } catch (error) {
        if (ended.signal.aborted) return;
        const problem = asProblem(error);
        handlers.onProblem?.(problem);
        if (problem.status === 401 || problem.status === 403) return;
      }
      failures += 1;
      await pause(pauses[Math.min(failures - 1, pauses.length - 1)] ?? 5000, ended.signal);
    }
  };

  const readOnce = async (): Promise<void> => {
    const once = new AbortController();
    const stop = () => once.abort();
    ended.signal.addEventListener("abort", stop);
    const silence = new Silence(options.silenceLimitMs ?? silenceLimitMs, stop);
    try {
      const sent = Date.now();
      const response = await fetch(url, {
        signal: once.signal,
        credentials: "same-origin",
        headers: { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) },
      });
      observeServerDate(response.headers.get("date"), sent, Date.now());
      if (!response.ok || !response.body) throw await problemOf(response);
      silence.broken();
      handlers.onOpen?.();
      const events = response.body
        .pipeThrough(silence.listen())
        .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
        .pipeThrough(new EventSourceParserStream());
      const reader = events.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        failures = 0;
        if (next.value.id) lastId = next.value.id;
        const data: unknown = JSON.parse(next.value.data);
        if (next.value.event === "problem") throw endedBy(data);
        handlers.onMessage(data as T);
      }
      throw new Problem("NETWORK_UNREACHABLE", { detail: "the server ended the stream" });
    } finally {
      silence.end();
      once.abort();
      ended.signal.removeEventListener("abort", stop);
    }
  };

  void run();
  return () => ended.abort();
}

// Why the server ended a stream that was open. Whatever it says, the stream is opened anew: a session that has changed may
// still be good, and if it is not, the opening is refused.
function endedBy(data: unknown): Problem {
  const { reason, params } = problemOfBody(data, 0);
  return new Problem(reason, { params });
}

// Calls `act` when nothing was heard for the limit.
class Silence {
  private timer: ReturnType<typeof setTimeout>;
  private readonly limitMs: number;
  private readonly act: () => void;

  constructor(limitMs: number, act: () => void) {
    this.limitMs = limitMs;
    this.act = act;
    this.timer = setTimeout(act, limitMs);
  }
  broken(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.act, this.limitMs);
  }
  end(): void {
    clearTimeout(this.timer);
  }
  listen(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.broken();
        controller.enqueue(chunk);
      },
    });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
