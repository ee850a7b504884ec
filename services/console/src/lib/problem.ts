// The one error path. Whatever goes wrong between the console and the platform becomes a Problem with a stable reason;
// people read the text that belongs to the reason in their language (locales/*/reasons.json).

export interface FieldProblem {
  pointer: string; // JSON Pointer into the request, for example "/goods/0/hs_code"
  reason: string;
  detail: string;
}

// Reasons that arise in the browser. All others come from the server.
//   NETWORK_UNREACHABLE   no answer at all
//   ANSWER_UNREADABLE     an answer that is not what the interface promises
export type LocalReason = "NETWORK_UNREACHABLE" | "ANSWER_UNREADABLE";

// Answers that leave open whether a change was made. Asking again under the same Idempotency-Key tells.
const unknownOutcomes = new Set([
  "NETWORK_UNREACHABLE",
  "ANSWER_UNREADABLE",
  "OUTCOME_UNKNOWN",
  "DEADLINE_EXCEEDED",
  "CANCELLED",
  "REQUEST_IN_PROGRESS",
]);

export class Problem extends Error {
  readonly reason: string;
  readonly status: number; // HTTP status; 0 when there was no answer
  readonly params: Record<string, string>;
  readonly fields: FieldProblem[];
  readonly requestId: string;

  constructor(
    reason: string,
    more: {
      status?: number;
      detail?: string;
      params?: Record<string, string>;
      fields?: FieldProblem[];
      requestId?: string;
    } = {},
  ) {
    super(more.detail ?? reason);
    this.name = "Problem";
    this.reason = reason;
    this.status = more.status ?? 0;
    this.params = more.params ?? {};
    this.fields = more.fields ?? [];
    this.requestId = more.requestId ?? "";
  }

  // True: a change that was sent may or may not be done.
  get outcomeUnknown(): boolean {
    return unknownOutcomes.has(this.reason) || (this.reason === "SERVICE_UNAVAILABLE" && this.status === 0);
  }

  // True: nobody is signed in any more.
  get signedOut(): boolean {
    return this.status === 401;
  }
}

// The Problem of an answer that is not a success: problem+json as the gateway writes it, or ANSWER_UNREADABLE.
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get("x-request-id") ?? "";
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  return problemOfBody(body, response.status, requestId);
}

export function problemOfBody(body: unknown, status: number, requestId = ""): Problem {
  if (!isRecord(body) || typeof body.reason !== "string") {
    return new Problem("ANSWER_UNREADABLE", { status, requestId });
  }
  return new Problem(body.reason, {
    status: typeof body.status === "number" ? body.status : status,
    detail: typeof body.detail === "string" ? body.detail : undefined,
    params: isRecord(body.params) ? (body.params as Record<string, string>) : {},
    fields: Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [],
    requestId: typeof body.request_id === "string" ? body.request_id : requestId,
  });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem("NETWORK_UNREACHABLE", { detail: error instanceof Error ? error.message : String(error) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
