// Rules of checkpoints in the invented gate: listed, tried, replaced.
import type { CheckpointRule } from "../lib/wire.ts";
import type { Route } from "./handlers.ts";
import { Refusal } from "./problem.ts";
import type { World } from "./world.ts";

export function ruleRoutes(world: World, route: Route) {
  const find = (body: Record<string, unknown>) => {
    const rule = world.rules.find((each) => each.checkpoint_id === body.checkpoint_id);
    if (!rule) throw new Refusal(404, "CHECKPOINT_NOT_FOUND");
    return rule;
  };
  return [
    route("get", /\/v1\/checkpoint-rules$/, "signed-in", () => ({
      checkpoint_rules: world.rules,
      next_page_token: "",
    })),
    route("post", /\/v1\/checkpoint-rules:try$/, "LaneService.TryCheckpointRule", ({ body }) => {
      find(body);
      return { rule_trial: world.trial };
    }),
    route("post", /\/v1\/checkpoint-rules$/, "LaneService.PutCheckpointRule", ({ body, me }) => {
      const { base_version, ...parts } = body;
      const before = find(body);
      if (base_version !== before.version) {
        throw new Refusal(409, "RULE_CHANGED", { version: String(before.version), author: before.author });
      }
      const made = {
        ...(parts as unknown as CheckpointRule),
        version: before.version + 1,
        author: me.subject_id,
        create_time: new Date().toISOString(),
      };
      world.rules = world.rules.map((each) => (each === before ? made : each));
      return { checkpoint_rule: made };
    }),
  ];
}
