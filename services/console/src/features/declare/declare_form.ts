// The form of a declaration: what people type, and what is sent of it. Pure functions. Nothing is judged here; the server
// names every fault, and fieldOfPointer() tells where it belongs.
import { formatGateInput, parseGateTime } from "@/lib/format.ts";
import type { DeclareTripBody, Direction, Regime, Trip } from "@/lib/wire.ts";

export interface GoodsForm {
  hs_code: string;
  description: string;
  package_count: number | null;
  package_kind: string;
  gross_mass_kg: number | null;
  net_mass_kg: number | null;
  value: number | null; // in the currency, not in its smallest unit
  currency_code: string;
  origin_country_code: string;
}

export interface DeclareForm {
  gate_id: string;
  route: string;
  direction: Direction;
  regime: Regime;
  arrival: string; // dd/MM/yyyy HH:mm
  declaration_number: string;
  declaration_kind: string;
  contact_phone: string;
  plate: string;
  trailer_plate: string;
  container_number: string;
  seals: string; // separated by commas or spaces
  driver_id: string;
  empty: boolean;
  goods: GoodsForm[];
  growing_area_code: string;
  packing_house_code: string;
  certificate_number: string;
  temperature: number | null; // °C
  health_declared: boolean;
}

export const emptyGoods: GoodsForm = {
  hs_code: "",
  description: "",
  package_count: null,
  package_kind: "CT",
  gross_mass_kg: null,
  net_mass_kg: null,
  value: null,
  currency_code: "VND",
  origin_country_code: "VN",
};

// A new form at this time: expected in two hours, with what rarely changes taken over from the last trip.
export function newForm(now: number, gateId: string, last: Trip | null): DeclareForm {
  return {
    gate_id: last?.gate_id ?? gateId,
    route: last?.route ?? "",
    direction: last?.direction ?? "DIRECTION_EXPORT",
    regime: last?.regime ?? "REGIME_EXPORT",
    arrival: formatGateInput(Math.ceil(now / 1_800_000 + 4) * 1_800_000),
    declaration_number: "",
    declaration_kind: "",
    contact_phone: last?.contact_phone ?? "",
    plate: "",
    trailer_plate: "",
    container_number: "",
    seals: "",
    driver_id: "",
    empty: false,
    goods: [emptyGoods],
    growing_area_code: last?.quarantine?.growing_area_code ?? "",
    packing_house_code: last?.quarantine?.packing_house_code ?? "",
    certificate_number: "",
    temperature: null,
    health_declared: false,
  };
}

// The regime that goes with a direction, unless a rarer one was chosen.
export function regimeFor(direction: Direction, chosen: Regime): Regime {
  if (chosen !== "REGIME_EXPORT" && chosen !== "REGIME_IMPORT") return chosen;
  return direction === "DIRECTION_IMPORT" ? "REGIME_IMPORT" : "REGIME_EXPORT";
}

export function bodyOf(form: DeclareForm): DeclareTripBody {
  const text = (value: string | undefined) => (value ?? "").trim().normalize("NFC");
  const capitals = (value: string | undefined) => text(value).toUpperCase();
  return {
    gate_id: form.gate_id,
    route: text(form.route),
    direction: form.direction,
    regime: form.regime,
    // A time that cannot be read is left out, and the server says that it is missing.
    expected_arrival_time: parseGateTime(form.arrival) ?? undefined,
    declaration_number: text(form.declaration_number),
    declaration_kind: capitals(form.declaration_kind),
    contact_phone: text(form.contact_phone),
    plate: form.plate,
    trailer_plate: capitals(form.trailer_plate),
    container_number: capitals(form.container_number),
    seal_numbers: form.seals.split(/[\s,;]+/).filter((each) => each !== ""),
    driver_id: form.driver_id,
    empty: form.empty,
    goods: (form.empty ? [] : form.goods).map((line) => ({
      hs_code: text(line.hs_code).replace(/[.\s]/g, ""),
      description: text(line.description),
      package_count: line.package_count ?? 0,
      package_kind: capitals(line.package_kind),
      gross_mass_kg: String(line.gross_mass_kg ?? 0),
      net_mass_kg: String(line.net_mass_kg ?? 0),
      value_minor: String(Math.round((line.value ?? 0) * (line.currency_code === "VND" ? 1 : 100))),
      currency_code: line.currency_code,
      origin_country_code: capitals(line.origin_country_code),
    })),
    quarantine: {
      growing_area_code: text(form.growing_area_code),
      packing_house_code: text(form.packing_house_code),
      certificate_number: text(form.certificate_number),
      driver_temperature_decicelsius: Math.round((form.temperature ?? 0) * 10),
      health_declared: form.health_declared,
    },
  };
}

const renamed: Record<string, string> = {
  expected_arrival_time: "arrival",
  seal_numbers: "seals",
  driver_temperature_decicelsius: "temperature",
  value_minor: "value",
};

// Where in the form a JSON Pointer of the request leads: "/goods/0/hs_code" → ["goods", 0, "hs_code"].
export function fieldOfPointer(pointer: string): (string | number)[] {
  const parts = pointer.split("/").slice(1);
  const inner = parts[0] === "quarantine" ? parts.slice(1) : parts;
  const name = inner.map((part) => (/^\d+$/.test(part) ? Number(part) : (renamed[part] ?? part)));
  if (name[0] === "seals") return ["seals"];
  return name;
}

// Where a reason belongs that is about one field without pointing at it.
export const fieldOfReason: Record<string, string> = {
  GATE_UNKNOWN: "gate_id",
  VEHICLE_NOT_FOUND: "plate",
  VEHICLE_HAS_OPEN_TRIP: "plate",
  DRIVER_NOT_FOUND: "driver_id",
};
