// Records as the gateway would send them, with sensible values for everything that a test does not say.
import type {
  CheckpointRule,
  Decision,
  Driver,
  Invoice,
  Lane,
  Me,
  PassageRow,
  Person,
  Role,
  Ticket,
  Trip,
  Vehicle,
  Workflow,
} from "../lib/wire.ts";
import { plateCorners } from "./picture.ts";

export const gateId = "huu-nghi";

export function ago(seconds: number, now = Date.now()): string {
  return new Date(now - seconds * 1000).toISOString();
}

export function makeMe(role: Role, name: string, more: Partial<Me> = {}): Me {
  return {
    subject_id: `person_${role.toLowerCase()}`,
    display_name: name,
    roles: [role],
    enterprise_id: "",
    gate_ids: [],
    ...more,
  };
}

export function makeDecision(plate: string, more: Partial<Decision> = {}): Decision {
  return {
    decision_id: `decision_${plate}`,
    lane_id: "huu-nghi-x1",
    session_id: `session_${plate}`,
    outcome: "OUTCOME_OPEN",
    reasons: [{ code: "ALL_CLEARED", params: {} }],
    plate,
    confidence: 0.97,
    trip_id: `trip_${plate}`,
    ticket_id: "",
    decided_by: "lane",
    decided_by_name: "",
    decide_time: ago(3),
    expire_time: ago(-12),
    evidence_id: `evidence_${plate}`,
    plate_corners: plateCorners,
    rule_version: 1,
    remark: "",
    weight_kg: 0,
    expected_weight_kg: 0,
    ...more,
  };
}

const waiting = new Set<string>(["LANE_STATE_IDENTIFYING", "LANE_STATE_ASKING", "LANE_STATE_REFUSED"]);

export function makeLane(title: string, more: Partial<Lane> = {}): Lane {
  const laneId = `${more.gate_id ?? gateId}-${title.toLowerCase()}`;
  return {
    lane_id: laneId,
    gate_id: gateId,
    title,
    direction: title.startsWith("N") ? "DIRECTION_IMPORT" : "DIRECTION_EXPORT",
    mode: "MODE_AUTO",
    mode_reasons: [],
    mode_time: ago(3600),
    state: "LANE_STATE_IDLE",
    state_time: ago(20),
    barrier_command: "BARRIER_COMMAND_LOWER",
    barrier_position: "BARRIER_POSITION_DOWN",
    arming_loop: false,
    safety_loop: false,
    exit_loop: false,
    inputs: ["camera", "barrier", "customs", "fee", "yard", "vehicle"].map((name) => ({
      name,
      age_ms: "640",
      age_limit_ms: name === "camera" || name === "barrier" ? "3000" : "300000",
      fresh: true,
    })),
    passages_today: 118,
    camera_id: `${laneId}-front`,
    faults: [],
    report_time: ago(0),
    // Who waits has been seen already, or is the first.
    session_id: waiting.has(more.state ?? "") ? (more.decision?.session_id ?? "session_unread") : "",
    weight_kg: 0,
    ...more,
  };
}

export const workflow: Workflow = {
  gate_id: gateId,
  direction: "DIRECTION_EXPORT",
  version: 3,
  steps: [
    step("border_guard", "ROLE_BORDER_GUARD", "Biên phòng kiểm soát người và xe", "Border guard control", "边防检查"),
    step("health", "ROLE_HEALTH", "Kiểm dịch y tế", "Health quarantine", "卫生检疫"),
    step("plant_quarantine", "ROLE_QUARANTINE", "Kiểm dịch thực vật", "Plant quarantine", "植物检疫"),
    step("customs", "ROLE_CUSTOMS", "Hải quan giám sát", "Customs supervision", "海关监管", [
      "plant_quarantine",
      "health",
    ]),
  ],
  author: "person_management",
  reason: "Quy trình đang áp dụng",
};

function step(
  id: string,
  role: string,
  vi: string,
  en: string,
  zh: string,
  after: string[] = [],
): Workflow["steps"][0] {
  return {
    step_id: id,
    role,
    after_step_ids: after,
    title_vi: vi,
    title_en: en,
    title_zh: zh,
    regimes: [],
    perishable_only: false,
  };
}

export function makeTrip(plate: string, more: Partial<Trip> = {}): Trip {
  const open = (id: string, after: string[] = []) => ({
    step_id: id,
    role: workflow.steps.find((each) => each.step_id === id)!.role,
    state: after.length > 0 ? ("STATE_BLOCKED" as const) : ("STATE_OPEN" as const),
    acted_by: "",
    acted_by_name: "",
    remark: "",
    after_step_ids: after,
  });
  return {
    trip_id: `trip_${plate}`,
    enterprise_id: "enterprise_rauqua",
    gate_id: gateId,
    route: "1119-1120",
    direction: "DIRECTION_EXPORT",
    regime: "REGIME_EXPORT",
    expected_arrival_time: ago(-3600),
    declaration_number: "307512345678",
    declaration_kind: "B11",
    contact_phone: "+84912345678",
    vehicle: {
      plate: { raw: plate, normalised: plate, country_code: "VN" },
      trailer_plate: { raw: "12R00123", normalised: "12R00123", country_code: "VN" },
      container_number: "CSQU3054383",
      seal_numbers: ["VN1029384"],
      vehicle_id: "vehicle_1",
    },
    driver_id: "driver_1",
    goods: [
      {
        hs_code: "08106000",
        description: "Sầu riêng tươi Ri6",
        package_count: 1180,
        package_kind: "CT",
        gross_mass_kg: "21300",
        net_mass_kg: "20060",
        value_minor: "61500000",
        currency_code: "CNY",
        origin_country_code: "VN",
      },
    ],
    quarantine: {
      growing_area_code: "VN-DLOR-0123",
      packing_house_code: "VN-DLPH-077",
      certificate_number: "PQ-2026-118822",
      driver_temperature_decicelsius: 366,
      health_declared: true,
    },
    state: "STATE_DECLARED",
    steps: [
      {
        ...open("border_guard"),
        state: "STATE_CONFIRMED",
        acted_by: "person_bg",
        acted_by_name: "Trần Quốc Bảo",
        act_time: ago(2400),
      },
      open("health"),
      open("plant_quarantine"),
      open("customs", ["plant_quarantine", "health"]),
    ],
    workflow_version: 3,
    perishable: true,
    empty: false,
    declare_time: ago(9000),
    ...more,
  };
}

export function makeInvoice(tripId: string, more: Partial<Invoice> = {}): Invoice {
  return {
    invoice_id: `invoice_${tripId}`,
    trip_id: tripId,
    enterprise_id: "enterprise_rauqua",
    gate_id: gateId,
    lines: [
      {
        code: "truck_container_40",
        title_vi: "Xe chở công-ten-nơ 40 feet, hàng xuất khẩu",
        permille: "0",
        amount_dong: "1000000",
      },
      { code: "perishable", title_vi: "Hệ số hàng nông sản tươi", permille: "1500", amount_dong: "500000" },
    ],
    amount_dong: "1500000",
    paid_dong: "1500000",
    refund_dong: "0",
    state: "STATE_PAID",
    tariff_version: 2,
    issue_time: ago(8900),
    settle_time: ago(5000),
    exempt_reason: "",
    ...more,
  };
}

export function makeTicket(tripId: string, more: Partial<Ticket> = {}): Ticket {
  return {
    ticket_id: `ticket_${tripId}`,
    trip_id: tripId,
    enterprise_id: "enterprise_rauqua",
    yard_id: "xuan-cuong",
    gate_id: gateId,
    number: "1842",
    ahead_count: 6,
    state: "STATE_WAITING",
    wait: "WAIT_STEPS",
    perishable: true,
    check_in_time: ago(4100),
    call_count: 0,
    ...more,
  };
}

export function makePassage(number: number, more: Partial<PassageRow> = {}): PassageRow {
  const plate = ["12C34567", "桂F12345", "29H80177", "15C11208", "云GD12345", "98C22019"][number % 6]!;
  return {
    passage_id: `passage_${number}`,
    lane_id: `huu-nghi-x${(number % 4) + 1}`,
    gate_id: gateId,
    direction: "DIRECTION_EXPORT",
    kind: number % 7 === 3 ? "manual" : "automatic",
    plate,
    trip_id: `trip_${plate}`,
    decision_id: `decision_${number}`,
    evidence_id: `evidence_${plate}`,
    arrive_time: ago(60 + number * 95),
    leave_time: ago(15 + number * 95),
    ...more,
  };
}

export function makeRule(checkpoint_id: string, more: Partial<CheckpointRule> = {}): CheckpointRule {
  return {
    checkpoint_id,
    version: 3,
    cleared_required: true,
    fee_required: true,
    call_required: true,
    confidence_min: 0.85,
    author: "person_01jd2xk4",
    reason: "Mùa sầu riêng",
    create_time: ago(86_400),
    permit_required: false,
    stay_max_h: 24,
    weight_tolerance_kg: 0,
    opening_hours: [{ weekdays: [1, 2, 3, 4, 5, 6], open_minute: 420, close_minute: 1200 }],
    ...more,
  };
}

export function makePerson(sign_in_name: string, more: Partial<Person> = {}): Person {
  return {
    person_id: `person_${sign_in_name}`,
    sign_in_name,
    display_name: "Nguyễn Văn An",
    roles: ["ROLE_BORDER_GUARD"],
    enterprise_id: "",
    gate_ids: [],
    state: "STATE_ACTIVE",
    create_time: ago(90 * 86_400),
    ...more,
  };
}

export function makeVehicle(plate: string, kind: Vehicle["kind"] = "KIND_TRACTOR"): Vehicle {
  return {
    vehicle_id: `vehicle_${plate}`,
    enterprise_id: "enterprise_rauqua",
    kind,
    plate: { raw: plate, normalised: plate, country_code: "VN" },
    vin: "",
    axle_count: 3,
    tare_kg: 9000,
    permitted_mass_kg: 25_000,
    permit_number: "",
    permit_expire_date: "",
    tag_id: "",
    register_time: ago(86_400),
  };
}

export function makeDriver(name: string, document_number: string): Driver {
  return {
    driver_id: `driver_${document_number}`,
    enterprise_id: "enterprise_rauqua",
    name,
    nationality_code: "VN",
    document_kind: "DOCUMENT_KIND_PASSPORT",
    document_number,
    document_expire_date: "2031-12-31",
    phone: "+84912345678",
    register_time: ago(86_400),
  };
}
