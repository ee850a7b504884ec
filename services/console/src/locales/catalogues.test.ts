// Goal: no text is missing in any language, for any code that a server can send. Method: the catalogues are compared with
// each other, with the protos and with the reasons that the services declare.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, protos, repositoryRoot } from "@/testing/repository.ts";
import en from "./en/index.ts";
import vi from "./vi/index.ts";
import zh from "./zh/index.ts";

type Catalogue = Record<string, Record<string, string>>;
const catalogues: Record<string, Catalogue> = { vi, en, zh };

// Vietnamese and Chinese have one form of a noun, English two.
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, "");
const keysOf = (catalogue: Catalogue) =>
  new Set(
    Object.entries(catalogue).flatMap(([area, texts]) =>
      Object.keys(texts).map((key) => `${area}:${withoutPlural(key)}`),
    ),
  );
const placesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe.each(["en", "zh"])("%s", (language) => {
  const other = catalogues[language]!;
  test("has the same keys as Vietnamese", () => {
    expect([...keysOf(other)].sort()).toEqual([...keysOf(vi)].sort());
  });
  test("has the same places as Vietnamese in every text", () => {
    const differing = Object.entries(other).flatMap(([area, texts]) =>
      Object.entries(texts).filter(([key, text]) => {
        const area_texts = (vi as Catalogue)[area]!;
        const reference = area_texts[key] ?? area_texts[`${withoutPlural(key)}_other`] ?? "";
        return placesOf(text).join() !== placesOf(reference).join();
      }),
    );
    expect(differing).toEqual([]);
  });
});

test.each(["vi", "en", "zh"])("no text of %s is empty, untrimmed or decomposed", (language) => {
  const wrong = Object.values(catalogues[language]!).flatMap((texts) =>
    Object.entries(texts).filter(
      ([, text]) => text.trim() === "" || text !== text.trim() || text !== text.normalize("NFC"),
    ),
  );
  expect(wrong).toEqual([]);
});

test("English plurals come in pairs", () => {
  for (const texts of Object.values(en as Catalogue)) {
    const keys = Object.keys(texts);
    for (const key of keys.filter((each) => each.endsWith("_other")))
      expect(keys).toContain(key.replace(/_other$/, "_one"));
  }
});

// Upper-case words of a text that are codes and not names of roles, states or enumerations.
const codesIn = (text: string) => new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []);

describe("every reason has a text", () => {
  const known = new Set(Object.keys(vi.reasons));

  test("that the protos name as an error of an RPC", () => {
    const named = new Set<string>();
    for (const text of protos().values()) {
      const comments = text.match(/(?:^ *\/\/.*\n)+/gm) ?? [];
      for (const comment of comments) {
        const errors = /errors {3}([\s\S]*?)(?:\n *\/\/ {3}\w+ {2}|$)/.exec(comment)?.[1] ?? "";
        for (const code of codesIn(errors)) named.add(code);
      }
    }
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
  });

  test("that a library or a service declares, as an error or as a cause", () => {
    const headers = new Map([
      ...filesBelow(join(repositoryRoot, "libs"), /reasons\.h$/),
      ...filesBelow(join(repositoryRoot, "services"), /domain\/reasons\.h$/),
    ]);
    const declared = [...headers].flatMap(([path, text]) =>
      [...text.matchAll(/(?:Reason\s+k\w+\{\s*|const char\*\s+k\w+\s*=\s*)"([A-Z0-9_]+)"/g)].map(
        (match) => [path, match[1]!] as const,
      ),
    );
    expect(declared.length).toBeGreaterThan(10);
    expect(declared.filter(([, code]) => !known.has(code) && !known.has(`cause.${code}`))).toEqual([]);
  });

  test("that field checks give", () => {
    const checks = [...filesBelow(join(repositoryRoot, "libs/core"), /field_checks\.cc$/).values()].join("\n");
    const codes = [...codesIn(checks.replace(/\/\/.*$/gm, ""))].filter((code) => checks.includes(`"${code}"`));
    expect(codes.length).toBeGreaterThan(4);
    expect(codes.filter((code) => !known.has(code) && code !== "INVALID_FIELD")).toEqual([]);
  });

  test("that the page of errors lists", () => {
    const page = filesBelow(join(repositoryRoot, "docs"), /errors\.md$/).get("errors.md") ?? "";
    const listed = [...page.matchAll(/^\W*`?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`?/gm)].map((match) => match[1]!);
    expect(listed.filter((code) => !known.has(code) && !known.has(`cause.${code}`))).toEqual([]);
  });
});

describe("every value of an enumeration that is shown has a text", () => {
  const values = (file: string, name: string) => {
    const text = protos().get(file) ?? "";
    const body = new RegExp(`enum ${name} \\{([\\s\\S]*?)\\n *\\}`).exec(text)?.[1] ?? "";
    const found = [...body.matchAll(/^\s*([A-Z_0-9]+) = /gm)].map((match) => match[1]!);
    expect(found.length, `${name} in ${file}`).toBeGreaterThan(1);
    return found;
  };
  const lane = "lane/v1/lane.proto";
  test.each([
    [lane, "LaneState", "lanes", "state."],
    [lane, "Mode", "lanes", "mode."],
    [lane, "BarrierPosition", "lanes", "barrier.position."],
    [lane, "BarrierCommand", "lanes", "barrier.command."],
    [lane, "Outcome", "lanes", "outcome."],
    ["common/v1/value.proto", "Direction", "common", "direction."],
    ["customs/v1/trip.proto", "Regime", "trips", "regime."],
    ["yard/v1/yard.proto", "Wait", "trips", "wait."],
  ])("%s %s", (file, name, area, prefix) => {
    const texts = (vi as Catalogue)[area]!;
    expect(values(file, name).filter((value) => !(`${prefix}${value}` in texts))).toEqual([]);
  });

  test("the inputs of a lane, which the contract names in a comment", () => {
    const comment = /message Input \{\n((?:\s*\/\/.*\n)+)\s*string name/.exec(protos().get(lane) ?? "")?.[1] ?? "";
    const names = [...comment.matchAll(/"(\w+)"/g)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !(`input.${name}` in vi.lanes))).toEqual([]);
  });

  test("the roles", () => {
    const roles = values("common/v1/access.proto", "Role").filter((role) => role !== "ROLE_UNSPECIFIED");
    expect(roles.filter((role) => !(`role.${role}` in vi.common))).toEqual([]);
  });
  test("the causes of the watch list", () => {
    const causes = values("vehicle/v1/vehicle.proto", "Cause").filter((cause) => cause !== "CAUSE_UNSPECIFIED");
    expect(causes.filter((cause) => !(`watch.${cause}` in vi.reasons))).toEqual([]);
  });
});

test("every kind of event that a trip's timeline can hold has a text", () => {
  const named = (file: string) =>
    [
      ...protos()
        .get(file)!
        .matchAll(/event_kinds\) = "([^"]+)"/g),
    ].map((match) => match[1]!);
  const aboutTrips = /^(trip|invoice|payment|ticket|decision|passage)\./;
  const kinds = ["customs", "fee", "yard", "lane"].flatMap((service) =>
    named(`${service}/v1/${service}_service.proto`)
      .filter((kind) => aboutTrips.test(kind))
      .map((kind) => `${service}.${kind}`),
  );
  expect(kinds.length).toBeGreaterThan(15);
  expect(kinds.filter((kind) => !(kind in vi.events))).toEqual([]);
});
