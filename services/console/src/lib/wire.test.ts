// Goal: what the console believes about the gateway's messages is what the protos say. Method: the interfaces of wire.ts
// and the messages of the protos are read as text and compared, field by field.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { consoleRoot, protos } from "@/testing/repository.ts";

const wire = readFileSync(join(consoleRoot, "src/lib/wire.ts"), "utf-8");

// Interface -> [proto file, message]. An interface may leave out fields that the console does not read.
const messages: Record<string, [file: string, message: string]> = {
  Plate: ["common/v1/value.proto", "Plate"],
  Me: ["identity/v1/identity_service.proto", "GetMeResponse"],
  Reason: ["lane/v1/lane.proto", "Reason"],
  Decision: ["lane/v1/lane.proto", "Decision"],
  LaneInput: ["lane/v1/lane.proto", "Input"],
  Lane: ["lane/v1/lane.proto", "Lane"],
  GoodsLine: ["customs/v1/trip.proto", "GoodsLine"],
  Quarantine: ["customs/v1/trip.proto", "Quarantine"],
  Step: ["customs/v1/trip.proto", "Step"],
  Trip: ["customs/v1/trip.proto", "Trip"],
  WorkflowStep: ["customs/v1/trip.proto", "Workflow.Step"],
  Workflow: ["customs/v1/trip.proto", "Workflow"],
  Enterprise: ["vehicle/v1/vehicle.proto", "Enterprise"],
  InvoiceLine: ["fee/v1/fee.proto", "InvoiceLine"],
  Invoice: ["fee/v1/fee.proto", "Invoice"],
  Ticket: ["yard/v1/yard.proto", "Ticket"],
  HoldingPlan: ["yard/v1/yard.proto", "HoldingPlan"],
  Yard: ["yard/v1/yard.proto", "Yard"],
  PassageRow: ["report/v1/report_service.proto", "PassageRow"],
  TimelineEntry: ["report/v1/report_service.proto", "TimelineEntry"],
  BoardGate: ["report/v1/report_service.proto", "BoardGate"],
  Board: ["report/v1/report_service.proto", "GetBoardResponse"],
};

// The body of a message, without those of the messages and enumerations inside it.
function bodyOf(text: string, path: string): string {
  let scope = text;
  for (const name of path.split(".")) {
    const start = scope.search(new RegExp(`^\\s*message ${name} \\{`, "m"));
    expect(start, `message ${path}`).toBeGreaterThanOrEqual(0);
    let depth = 0;
    let end = scope.indexOf("{", start);
    const begin = end + 1;
    do {
      if (scope[end] === "{") depth += 1;
      if (scope[end] === "}") depth -= 1;
      end += 1;
    } while (depth > 0);
    scope = scope.slice(begin, end - 1);
  }
  return scope;
}

function fieldsOf(body: string): Map<string, string> {
  const own = body.replace(/^\s*(message|enum) \w+ \{[\s\S]*?^ {2}\}/gm, "");
  return new Map(
    [...own.matchAll(/^\s*((?:repeated )?[\w.]+(?:<[^>]+>)?) (\w+) = \d+/gm)].map((match) => [match[2]!, match[1]!]),
  );
}

// How a proto type is written in TypeScript.
function written(type: string): RegExp {
  if (type.startsWith("repeated ")) return /\[\]$/;
  if (type.startsWith("map<")) return /^Record<string, string>$/;
  if (["int64", "uint64", "string", "bytes"].includes(type)) return /^(string|Regime|Role)$/;
  if (["int32", "float", "double"].includes(type)) return /^number$/;
  if (type === "bool") return /^boolean$/;
  if (type === "google.protobuf.Timestamp") return /^string$/;
  return /./;
}
const isMessage = (type: string) =>
  type === "google.protobuf.Timestamp" ||
  /^(bordergate\.common\.v1\.)?(Plate|Quarantine|TripVehicle|Decision)$/.test(type);

describe.each(Object.entries(messages))("%s", (name, [file, message]) => {
  test("has only fields of its message, in their types", () => {
    const body = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(wire)?.[1];
    expect(body, `interface ${name}`).toBeDefined();
    const fields = fieldsOf(bodyOf(protos().get(file)!, message));
    const own = [...body!.matchAll(/^ {2}(\w+)(\??): ([^;{]+|\{)/gm)];
    expect(own.length).toBeGreaterThan(1);
    for (const [, field, optional, type] of own) {
      const declared = fields.get(field!);
      expect(declared, `${message}.${field}`).toBeDefined();
      if (type !== "{") expect(type!.trim(), `${message}.${field}: ${declared}`).toMatch(written(declared!));
      expect([field, optional === "?"]).toEqual([field, isMessage(declared!)]);
    }
  });
});

describe.each([
  ["Role", "common/v1/access.proto", "Role", ["ROLE_UNSPECIFIED"]],
  ["Mode", "lane/v1/lane.proto", "Mode", []],
  ["LaneState", "lane/v1/lane.proto", "LaneState", []],
  ["BarrierPosition", "lane/v1/lane.proto", "BarrierPosition", []],
  ["BarrierCommand", "lane/v1/lane.proto", "BarrierCommand", []],
  ["Regime", "customs/v1/trip.proto", "Regime", []],
  ["TicketWait", "yard/v1/yard.proto", "Wait", []],
] as const)("the enumeration %s", (name, file, declared, without) => {
  test("has the values of its proto", () => {
    const union = new RegExp(`export type ${name} =([\\s\\S]*?);`).exec(wire)![1]!;
    const values = [...union.matchAll(/"(\w+)"/g)].map((match) => match[1]!);
    const body = new RegExp(`enum ${declared} \\{([\\s\\S]*?)\\n *\\}`).exec(protos().get(file)!)![1]!;
    const wanted = [...body.matchAll(/^\s*([A-Z_0-9]+) = /gm)].map((match) => match[1]!);
    expect(values).toEqual(wanted.filter((value) => !(without as readonly string[]).includes(value)));
  });
});
