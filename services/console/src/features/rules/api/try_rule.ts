import { post } from "@/lib/http.ts";
import type { RuleTrial, TryCheckpointRuleBody } from "@/lib/wire.ts";

// Tries a rule on the vehicles of the last hours. Nothing changes.
export function tryRule(body: TryCheckpointRuleBody): Promise<{ rule_trial: RuleTrial }> {
  return post("/v1/checkpoint-rules:try", body);
}
