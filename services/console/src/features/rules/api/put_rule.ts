import { post } from "@/lib/http.ts";
import type { CheckpointRule, PutCheckpointRuleBody } from "@/lib/wire.ts";

// Makes a new version of a rule from `base_version`. Problems: RULE_CHANGED when another has come since.
export function putRule(body: PutCheckpointRuleBody, key: string): Promise<{ checkpoint_rule: CheckpointRule }> {
  return post("/v1/checkpoint-rules", body, key);
}
