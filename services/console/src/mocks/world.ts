// A gate in memory that answers like the gateway: what it holds, and what its verbs do to it. Tests and the local
// development server use the same one. It is no part of what is shipped.
import type {
  ApiClient,
  Board,
  CheckpointRule,
  Driver,
  Enterprise,
  HoldingPlan,
  Invoice,
  Lane,
  Me,
  PassageRow,
  Person,
  RuleTrial,
  Still,
  Ticket,
  TimelineEntry,
  Trip,
  Vehicle,
  Workflow,
  Yard,
} from "../lib/wire.ts";
import { ago, makeMe, workflow } from "./data.ts";

export interface Posted {
  path: string;
  body: Record<string, unknown>;
  key: string | null;
}

export class World {
  // Who is signed in without a cookie; for tests.
  me: Me | null = null;
  readonly sessions = new Map<string, Me>();
  readonly accounts = new Map<string, Me>([
    ["bienphong", makeMe("ROLE_BORDER_GUARD", "Nguyễn Văn An")],
    ["haiquan", makeMe("ROLE_CUSTOMS", "Lê Thị Hồng Nhung")],
    ["kiemdich", makeMe("ROLE_QUARANTINE", "Hoàng Minh Đức")],
    ["trungtam", makeMe("ROLE_MANAGEMENT_CENTRE", "Vi Thị Lan Phương")],
    ["baixe", makeMe("ROLE_YARD_OPERATOR", "Chu Văn Bãi")],
    ["quantri", makeMe("ROLE_ADMINISTRATOR", "Bế Thị Quản")],
    ["thanhtra", makeMe("ROLE_AUDITOR", "Phạm Quang Huy")],
    ["doanhnghiep", makeMe("ROLE_ENTERPRISE", "Công ty Rau quả", { enterprise_id: "enterprise_rauqua" })],
  ]);
  readonly passwords = new Map<string, string>(); // of accounts made by signing up; all others have "demo"
  readonly lanes = new Map<string, Lane>();
  readonly trips = new Map<string, Trip>();
  workflows: Workflow[] = [workflow, { ...workflow, direction: "DIRECTION_IMPORT" }];
  readonly enterprises = new Map<string, Enterprise>([
    [
      "enterprise_rauqua",
      {
        enterprise_id: "enterprise_rauqua",
        name: "Công ty TNHH Rau quả Lạng Sơn",
        tax_code: "4900123456",
        address: "Khu Hợp Thành, Đồng Đăng, Lạng Sơn",
        phone: "+842053870000",
      },
    ],
  ]);
  vehicles: Vehicle[] = [];
  drivers: Driver[] = [];
  readonly invoices = new Map<string, Invoice>();
  readonly tickets = new Map<string, Ticket>();
  readonly timelines = new Map<string, TimelineEntry[]>();
  passages: PassageRow[] = [];
  persons: Person[] = [];
  clients: ApiClient[] = [];
  rules: CheckpointRule[] = [];
  trial: RuleTrial = { vehicle_count: 0, otherwise_count: 0, unknown_count: 0, changes: [], examples: [] };
  board: Board = { gates: [], make_time: ago(0), source_age_ms: "400" };
  plans: HoldingPlan[] = [];
  yards: Yard[] = [];
  // Every change that was asked for, in order.
  readonly posted: Posted[] = [];
  private readonly watchers = new Set<(lane: Lane) => void>();
  private readonly viewers = new Set<(still: Still) => void>();
  private still: Still | null = null;

  // What every camera shows from now on.
  showStill(still: Still): void {
    this.still = still;
    for (const viewer of this.viewers) viewer(still);
  }

  // Calls with what a camera shows, until the returned function is called.
  watchCamera(viewer: (still: Still) => void): () => void {
    if (this.still) viewer(this.still);
    this.viewers.add(viewer);
    return () => this.viewers.delete(viewer);
  }

  setLane(lane: Lane): void {
    this.lanes.set(lane.lane_id, lane);
    for (const watcher of this.watchers) watcher(lane);
  }

  // Changes a lane and tells everybody who watches, as a new picture.
  changeLane(laneId: string, change: Partial<Lane>): Lane {
    const lane = this.lanes.get(laneId);
    if (!lane) throw new Error(`no lane ${laneId}`);
    const changed = { ...lane, ...change, report_time: change.report_time ?? new Date().toISOString() };
    this.setLane(changed);
    return changed;
  }

  watch(watcher: (lane: Lane) => void): () => void {
    this.watchers.add(watcher);
    for (const lane of this.lanes.values()) watcher(lane);
    return () => this.watchers.delete(watcher);
  }

  // A sign of life of every lane.
  beat(): void {
    for (const lane of this.lanes.values()) this.changeLane(lane.lane_id, {});
  }

  actOnStep(trip: Trip, stepId: string, verb: string, text: string, me: Me): Trip {
    const states = { confirm: "STATE_CONFIRMED", hold: "STATE_HELD", release: "STATE_OPEN" } as const;
    const acted = trip.steps.map((step) =>
      step.step_id === stepId
        ? {
            ...step,
            state: states[verb as keyof typeof states],
            acted_by: me.subject_id,
            acted_by_name: me.display_name,
            act_time: ago(0),
            remark: text,
          }
        : step,
    );
    const done = new Set(acted.filter((step) => step.state === "STATE_CONFIRMED").map((step) => step.step_id));
    const steps = acted.map((step) =>
      step.state === "STATE_BLOCKED" && step.after_step_ids.every((id) => done.has(id))
        ? { ...step, state: "STATE_OPEN" as const }
        : step,
    );
    const held = steps.some((step) => step.state === "STATE_HELD");
    const state = held ? "STATE_HELD" : done.size === steps.length ? "STATE_CLEARED" : "STATE_DECLARED";
    const changed: Trip = { ...trip, steps, state };
    this.trips.set(trip.trip_id, changed);
    return changed;
  }
}
