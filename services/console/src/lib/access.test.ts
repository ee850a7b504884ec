// Goal: the console shows a button to exactly those whom the server lets press it. Method: the table in access.ts is
// compared with the `access` option of each RPC in the protos.
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeMe } from "@/mocks/data.ts";
import { consoleRoot, filesBelow, protos } from "@/testing/repository.ts";
import { hasSteps, may, mayAt, rolesOf } from "./access.ts";

// "LaneService.OpenBarrier" -> roles, for every RPC of every proto.
function declaredRoles(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const text of protos().values()) {
    const service = /service (\w+) \{/.exec(text)?.[1];
    if (!service) continue;
    for (const part of text.split(/\n {2}rpc /).slice(1)) {
      const roles = /roles: \[([^\]]*)\]/.exec(part.split("\n  }")[0]!)?.[1] ?? "";
      found.set(`${service}.${/^\w+/.exec(part)![0]}`, roles.match(/ROLE_\w+/g) ?? []);
    }
  }
  return found;
}

test.each(Object.entries(rolesOf))("%s may be called by the roles of its proto", (call, roles) => {
  const declared = declaredRoles().get(call);
  expect(declared, `no RPC ${call} in the protos`).toBeDefined();
  expect([...roles].sort()).toEqual([...declared!].sort());
});

test("every address that the console calls is one of the protos, with its method", () => {
  const declared = new Set<string>();
  for (const text of protos().values()) {
    for (const match of text.matchAll(/google\.api\.http\) = \{(get|post): "([^"]+)"/g)) {
      declared.add(`${match[1]} ${match[2]!.replace(/\{[^}]+\}/g, "{}")}`);
    }
  }
  const called = [...filesBelow(join(consoleRoot, "src"), /\.tsx?$/)]
    .filter(([path]) => !/^(mocks|testing)\/|\.test\./.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/["`](\/v1\/[^"`]*)["`]/g)].map((match) => {
        const method = /\bpost[(<]/.test(text) ? "post" : "get";
        return [path, `${method} ${match[1]!.replace(/\$\{[^}]*\}/g, "{}")}`] as const;
      }),
    );
  expect(called.length).toBeGreaterThan(18);
  // The path of a step's verb is put together from the verb.
  const known = (call: string) => declared.has(call) || declared.has(call.replace(/:\{\}$/, ":confirm"));
  expect(called.filter(([, call]) => !known(call))).toEqual([]);
});

test("confirm, hold and release belong to the same roles, which the work list relies on", () => {
  expect(rolesOf["CustomsService.HoldStep"]).toEqual(rolesOf["CustomsService.ConfirmStep"]);
  expect(rolesOf["CustomsService.ReleaseStep"]).toEqual(rolesOf["CustomsService.ConfirmStep"]);
  expect(hasSteps(makeMe("ROLE_HEALTH", "x"))).toBe(true);
  expect(hasSteps(makeMe("ROLE_AUDITOR", "x"))).toBe(false);
});

test("an officer without gates acts everywhere, one with gates only there, a stranger nowhere", () => {
  const guard = makeMe("ROLE_BORDER_GUARD", "x");
  expect(mayAt(guard, "LaneService.OpenBarrier", "huu-nghi")).toBe(true);
  expect(mayAt({ ...guard, gate_ids: ["tan-thanh"] }, "LaneService.OpenBarrier", "huu-nghi")).toBe(false);
  expect(mayAt({ ...guard, gate_ids: ["tan-thanh"] }, "LaneService.OpenBarrier", "tan-thanh")).toBe(true);
  expect(may(makeMe("ROLE_ENTERPRISE", "x"), "LaneService.OpenBarrier")).toBe(false);
  expect(may({ ...guard, roles: [] }, "LaneService.WatchLanes")).toBe(false);
});
