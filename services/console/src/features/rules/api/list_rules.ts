import { pagedQuery } from "@/lib/paged.ts";
import type { CheckpointRule } from "@/lib/wire.ts";

// The rules in force, by checkpoint.
export const rulesQuery = pagedQuery<CheckpointRule>("/v1/checkpoint-rules", "checkpoint_rules", {}, 10_000);
