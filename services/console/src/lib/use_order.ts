// A change that an officer orders. While its outcome is not known it can only be asked for again, unchanged and under the
// same key; after a refusal the form can be corrected and goes out as a new request.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { newKey } from "./http.ts";
import { asProblem, type Problem } from "./problem.ts";

export interface Order<Body, Answer> {
  phase: "form" | "sending" | "unknown" | "done";
  problem: Problem | null;
  answer: Answer | null;
  doneAt: number; // performance.now() when the answer came
  send: (body: Body) => void;
  askAgain: () => void;
}

export function useOrder<Body, Answer>(
  act: (body: Body, key: string) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
): Order<Body, Answer> {
  const last = useRef<{ body: Body; key: string } | null>(null);
  const [doneAt, setDoneAt] = useState(0);
  const mutation = useMutation({
    mutationFn: (order: { body: Body; key: string }) => act(order.body, order.key),
    onSuccess: (answer) => {
      setDoneAt(performance.now());
      onDone?.(answer);
    },
  });
  const problem = mutation.error ? asProblem(mutation.error) : null;
  const phase = mutation.isSuccess
    ? "done"
    : mutation.isPending
      ? "sending"
      : problem?.outcomeUnknown
        ? "unknown"
        : "form";

  return {
    phase,
    problem,
    answer: mutation.data ?? null,
    doneAt,
    send: (body) => {
      if (phase !== "form") return; // one press, one order
      last.current = { body, key: newKey() };
      mutation.mutate(last.current);
    },
    askAgain: () => {
      if (last.current && phase === "unknown") mutation.mutate(last.current);
    },
  };
}
