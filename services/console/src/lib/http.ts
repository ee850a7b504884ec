// Requests to the gateway. The session is a cookie that scripts cannot read; every failure is a Problem.
import { asProblem, Problem, problemOf } from "./problem.ts";
import { observeServerDate } from "./server_clock.ts";

const answerLimitMs = 15_000;

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

// Path with its query; empty and undefined values are left out, which the interface reads as "all"; a list is a name
// repeated.
export function withQuery(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) parts.append(name, String(each));
  }
  const text = parts.toString();
  return text === "" ? path : `${path}?${text}`;
}

// Reads. Problems: those of the RPC, NETWORK_UNREACHABLE, ANSWER_UNREADABLE.
export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return send<T>(withQuery(path, query), { method: "GET", signal });
}

// Changes. `key` makes a repeat harmless: keep it while asking for the same change again, also after a lost answer.
// The header X-Session says that the request comes from our own pages; the gateway takes no change by cookie without it.
export function post<T>(path: string, body: object, key?: string): Promise<T> {
  return send<T>(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
      "Content-Type": "application/json",
      "X-Session": "cookie",
      ...(key ? { "Idempotency-Key": key } : {}),
    },
  });
}

// A new key for one intended change.
export function newKey(): string {
  return crypto.randomUUID();
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const limit = AbortSignal.timeout(answerLimitMs);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  const sent = Date.now();
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json", ...init.headers },
    });
  } catch (error) {
    throw asProblem(error);
  }
  observeServerDate(response.headers.get("date"), sent, Date.now());
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as T;
  } catch {
    throw new Problem("ANSWER_UNREADABLE", { status: response.status });
  }
}
