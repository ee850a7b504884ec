// The messages of the REST interface that the console uses, in the one place where they get their names. JSON as the
// gateway writes it: names of the protos, 64-bit integers as strings, times RFC 3339, an unset message left out.
// wire.test.ts holds every field and every value of an enumeration here to the protos.

export type Role =
  | "ROLE_ENTERPRISE"
  | "ROLE_BORDER_GUARD"
  | "ROLE_CUSTOMS"
  | "ROLE_QUARANTINE"
  | "ROLE_HEALTH"
  | "ROLE_FEE_COLLECTOR"
  | "ROLE_TRAFFIC_POLICE"
  | "ROLE_YARD_OPERATOR"
  | "ROLE_MANAGEMENT_CENTRE"
  | "ROLE_AUDITOR"
  | "ROLE_ADMINISTRATOR"
  | "ROLE_PARTNER"
  | "ROLE_DEVICE";

export type Direction = "DIRECTION_UNSPECIFIED" | "DIRECTION_EXPORT" | "DIRECTION_IMPORT";

export interface Plate {
  raw: string;
  normalised: string;
  country_code: string;
}

// ---- identity

export interface Me {
  subject_id: string;
  display_name: string;
  roles: Role[];
  enterprise_id: string;
  gate_ids: string[];
}

// ---- lane

export interface Reason {
  code: string;
  params: Record<string, string>;
}

export interface Decision {
  decision_id: string;
  lane_id: string;
  session_id: string;
  outcome: "OUTCOME_UNSPECIFIED" | "OUTCOME_OPEN" | "OUTCOME_ASK" | "OUTCOME_REFUSE";
  reasons: Reason[];
  plate: string;
  confidence: number;
  trip_id: string;
  ticket_id: string;
  decided_by: string;
  decided_by_name: string;
  decide_time?: string;
  expire_time?: string;
  evidence_id: string;
  plate_corners: number[];
  rule_version: number;
  remark: string;
}

export type Mode = "MODE_UNSPECIFIED" | "MODE_AUTO" | "MODE_CONFIRM" | "MODE_LOCAL" | "MODE_MANUAL" | "MODE_CLOSED";

export type LaneState =
  | "LANE_STATE_UNSPECIFIED"
  | "LANE_STATE_IDLE"
  | "LANE_STATE_IDENTIFYING"
  | "LANE_STATE_ASKING"
  | "LANE_STATE_REFUSED"
  | "LANE_STATE_OPENING"
  | "LANE_STATE_PASSING"
  | "LANE_STATE_CLOSING"
  | "LANE_STATE_FAULT";

export type BarrierPosition =
  | "BARRIER_POSITION_UNSPECIFIED"
  | "BARRIER_POSITION_DOWN"
  | "BARRIER_POSITION_UP"
  | "BARRIER_POSITION_MOVING"
  | "BARRIER_POSITION_UNKNOWN";

export type BarrierCommand =
  | "BARRIER_COMMAND_UNSPECIFIED"
  | "BARRIER_COMMAND_NONE"
  | "BARRIER_COMMAND_RAISE"
  | "BARRIER_COMMAND_LOWER";

export interface LaneInput {
  name: string;
  age_ms: string;
  age_limit_ms: string;
  fresh: boolean;
}

export interface Lane {
  lane_id: string;
  gate_id: string;
  title: string;
  direction: Direction;
  mode: Mode;
  mode_reasons: Reason[];
  mode_time?: string;
  state: LaneState;
  state_time?: string;
  barrier_command: BarrierCommand;
  barrier_position: BarrierPosition;
  arming_loop: boolean;
  safety_loop: boolean;
  exit_loop: boolean;
  decision?: Decision;
  inputs: LaneInput[];
  passages_today: number;
  camera_id: string;
  faults: Reason[];
  report_time?: string;
}

// ---- customs

export type Regime =
  | "REGIME_UNSPECIFIED"
  | "REGIME_EXPORT"
  | "REGIME_IMPORT"
  | "REGIME_TEMPORARY_IMPORT"
  | "REGIME_TEMPORARY_EXPORT"
  | "REGIME_TRANSSHIPMENT"
  | "REGIME_TRANSIT";

export interface GoodsLine {
  hs_code: string;
  description: string;
  package_count: number;
  package_kind: string;
  gross_mass_kg: string;
  net_mass_kg: string;
  value_minor: string;
  currency_code: string;
  origin_country_code: string;
}

export interface Quarantine {
  growing_area_code: string;
  packing_house_code: string;
  certificate_number: string;
  driver_temperature_decicelsius: number;
  health_declared: boolean;
}

export type StepState = "STATE_UNSPECIFIED" | "STATE_BLOCKED" | "STATE_OPEN" | "STATE_CONFIRMED" | "STATE_HELD";

export interface Step {
  step_id: string;
  state: StepState;
  acted_by: string;
  acted_by_name: string;
  act_time?: string;
  remark: string;
  after_step_ids: string[];
}

export type TripState =
  | "STATE_UNSPECIFIED"
  | "STATE_DECLARED"
  | "STATE_HELD"
  | "STATE_CLEARED"
  | "STATE_CROSSED"
  | "STATE_CANCELLED";

export interface Trip {
  trip_id: string;
  enterprise_id: string;
  gate_id: string;
  route: string;
  direction: Direction;
  regime: Regime;
  expected_arrival_time?: string;
  declaration_number: string;
  declaration_kind: string;
  contact_phone: string;
  vehicle?: {
    plate?: Plate;
    trailer_plate?: Plate;
    container_number: string;
    seal_numbers: string[];
    vehicle_id: string;
  };
  driver_id: string;
  goods: GoodsLine[];
  quarantine?: Quarantine;
  state: TripState;
  steps: Step[];
  workflow_version: number;
  perishable: boolean;
  declare_time?: string;
  clear_time?: string;
  cross_time?: string;
}

export interface WorkflowStep {
  step_id: string;
  role: string;
  after_step_ids: string[];
  title_vi: string;
  title_en: string;
  title_zh: string;
  regimes: Regime[];
  perishable_only: boolean;
}

export interface Workflow {
  gate_id: string;
  direction: Direction;
  version: number;
  steps: WorkflowStep[];
  author: string;
  reason: string;
  create_time?: string;
}

// ---- vehicle

export interface Enterprise {
  enterprise_id: string;
  name: string;
  tax_code: string;
  address: string;
  phone: string;
}

// ---- fee

export interface InvoiceLine {
  code: string;
  title_vi: string;
  permille: string;
  amount_dong: string;
}

export type InvoiceState = "STATE_UNSPECIFIED" | "STATE_OPEN" | "STATE_PAID" | "STATE_EXEMPTED" | "STATE_VOID";

export interface Invoice {
  invoice_id: string;
  trip_id: string;
  lines: InvoiceLine[];
  amount_dong: string;
  paid_dong: string;
  refund_dong: string;
  state: InvoiceState;
  tariff_version: number;
  issue_time?: string;
  settle_time?: string;
  exempt_reason: string;
}

// ---- yard

export type TicketState = "STATE_UNSPECIFIED" | "STATE_WAITING" | "STATE_CALLED" | "STATE_PASSED" | "STATE_CLOSED";
export type TicketWait = "WAIT_UNSPECIFIED" | "WAIT_TURN" | "WAIT_STEPS" | "WAIT_HELD" | "WAIT_FEE";

export interface Ticket {
  ticket_id: string;
  trip_id: string;
  yard_id: string;
  gate_id: string;
  number: string;
  ahead_count: number;
  state: TicketState;
  wait: TicketWait;
  perishable: boolean;
  check_in_time?: string;
  call_time?: string;
  call_expire_time?: string;
  pass_time?: string;
  call_count: number;
}

export interface HoldingPlan {
  gate_id: string;
  version: number;
  called_max: number;
  call_valid_s: number;
  perishable_of_ten: number;
  cleared_only: boolean;
  fee_settled_only: boolean;
}

export interface Yard {
  yard_id: string;
  gate_id: string;
  title: string;
  slot_count: number;
  occupied_count: number;
}

// ---- report

export interface PassageRow {
  passage_id: string;
  lane_id: string;
  gate_id: string;
  direction: Direction;
  kind: string;
  plate: string;
  trip_id: string;
  decision_id: string;
  evidence_id: string;
  arrive_time?: string;
  leave_time?: string;
}

export interface TimelineEntry {
  event_kind: string;
  event_time?: string;
  actor: string;
  params: Record<string, string>;
}

export interface BoardGate {
  gate_id: string;
  declared_count: number;
  waiting_count: number;
  waiting_perishable_count: number;
  called_count: number;
  exported_count: number;
  imported_count: number;
  median_wait_s: string;
  out_of_turn_count: number;
}

export interface Board {
  gates: BoardGate[];
  make_time?: string;
  source_age_ms: string;
}
