import { HttpResponse } from "msw";

// A call that is refused with a reason.
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;
  readonly params: Record<string, string>;
  constructor(status: number, reason: string, params: Record<string, string> = {}) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.params = params;
  }
}

// application/problem+json as the gateway writes it.
export function problem(status: number, reason: string, params: Record<string, string> = {}) {
  return HttpResponse.json(
    {
      type: `/docs/errors#${reason}`,
      title: reason,
      status,
      detail: `${reason} (English, for developers)`,
      reason,
      request_id: "req-7f3a",
      errors: [],
      params,
    },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}
