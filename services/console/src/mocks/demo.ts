// A gate in the middle of a working day, for the local development server and its pictures: fourteen lanes, each in
// another situation, moving on by itself.
import type { Lane, Reason } from "../lib/wire.ts";
import {
  ago,
  makeDecision,
  makeInvoice,
  makeLane,
  makePassage,
  makePerson,
  makeRule,
  makeTicket,
  makeTrip,
  makeVehicle,
} from "./data.ts";
import { World } from "./world.ts";

export function demoWorld(laneCount = 14): World {
  const world = new World();
  for (const lane of demoLanes().slice(0, laneCount)) world.setLane(lane);
  fillTrips(world);
  fillBoard(world);
  fillRules(world);
  fillPeople(world);
  return world;
}

function demoLanes(): Lane[] {
  const past = (plate: string) => makeDecision(plate, { decide_time: ago(95) });
  return [
    makeLane("X1", {
      state: "LANE_STATE_PASSING",
      state_time: ago(4),
      barrier_command: "BARRIER_COMMAND_RAISE",
      barrier_position: "BARRIER_POSITION_UP",
      safety_loop: true,
      decision: makeDecision("12C34567"),
    }),
    makeLane("X2", { decision: past("29H80177"), passages_today: 131 }),
    makeLane("X3", {
      state: "LANE_STATE_ASKING",
      state_time: ago(47),
      arming_loop: true,
      decision: makeDecision("15C11208", {
        outcome: "OUTCOME_ASK",
        confidence: 0.71,
        reasons: [
          { code: "PLATE_NEAR_EXPECTED", params: { plate: "15C11203", trip_id: "trip_15C11203" } },
          { code: "READ_UNSURE", params: {} },
        ],
        trip_id: "trip_15C11203",
      }),
    }),
    makeLane("X4", { decision: past("98C22019") }),
    makeLane("X5", {
      state: "LANE_STATE_OPENING",
      state_time: ago(1),
      arming_loop: true,
      barrier_command: "BARRIER_COMMAND_RAISE",
      barrier_position: "BARRIER_POSITION_MOVING",
      decision: makeDecision("桂F12345"),
    }),
    makeLane("X6", {
      state: "LANE_STATE_FAULT",
      state_time: ago(35),
      arming_loop: true,
      barrier_command: "BARRIER_COMMAND_RAISE",
      barrier_position: "BARRIER_POSITION_UNKNOWN",
      faults: [{ code: "BARRIER_DID_NOT_MOVE", params: { command: "raise" } }],
      decision: makeDecision("14C55120"),
    }),
    makeLane("X7", {
      mode: "MODE_CLOSED",
      mode_reasons: [{ code: "SET_BY_HAND", params: { by: "Vi Thị Lan Phương", reason: "thay vòng từ phía trước" } }],
    }),
    makeLane("N1", {
      state: "LANE_STATE_IDENTIFYING",
      state_time: ago(2),
      arming_loop: true,
      decision: past("桂F1234挂"),
    }),
    makeLane("N2", {
      state: "LANE_STATE_REFUSED",
      state_time: ago(131),
      arming_loop: true,
      decision: makeDecision("桂P88012", {
        outcome: "OUTCOME_REFUSE",
        trip_id: "",
        reasons: [{ code: "TRIP_NOT_FOUND", params: {} }],
      }),
    }),
    makeLane("N3", {
      state: "LANE_STATE_ASKING",
      state_time: ago(12),
      arming_loop: true,
      decision: makeDecision("云GD12345", {
        outcome: "OUTCOME_ASK",
        reasons: [
          {
            code: "WATCH_LISTED",
            params: { plate: "云GD12345", cause: "CAUSE_SMUGGLING", watch_list_entry_id: "watch_1" },
          },
        ],
      }),
    }),
    makeLane("N4", { decision: past("云G12345D") }),
    makeLane("N5", {
      mode: "MODE_LOCAL",
      mode_reasons: [{ code: "INPUT_STALE", params: { input: "customs", limit_ms: "300000" } }],
      inputs: [
        { name: "camera", age_ms: "420", age_limit_ms: "3000", fresh: true },
        { name: "customs", age_ms: "412000", age_limit_ms: "300000", fresh: false },
      ],
      decision: past("桂A90C11"),
    }),
    makeLane("N6", { report_time: ago(12), decision: past("桂F80021") }),
    makeLane("N7", {
      state: "LANE_STATE_CLOSING",
      barrier_command: "BARRIER_COMMAND_LOWER",
      barrier_position: "BARRIER_POSITION_MOVING",
      exit_loop: true,
      decision: makeDecision("桂F66318"),
    }),
  ];
}

function fillTrips(world: World): void {
  const plates = ["12C34567", "15C11203", "29H80177", "98C22019", "14C55120", "15C11208", "桂F12345", "云GD12345"];
  for (const [place, plate] of plates.entries()) {
    const chinese = /\p{Script=Han}/u.test(plate);
    const trip = makeTrip(plate, {
      declare_time: ago(3000 + place * 1400),
      direction: chinese ? "DIRECTION_IMPORT" : "DIRECTION_EXPORT",
      enterprise_id: chinese ? "enterprise_zh" : "enterprise_rauqua",
    });
    world.trips.set(trip.trip_id, trip);
  }
  world.vehicles = [
    { ...makeVehicle("12C34567"), tag_id: "E2801160600002054A8B1C2D" },
    makeVehicle("15C11203", "KIND_TRUCK"),
    { ...makeVehicle("12R00123", "KIND_TRAILER"), tag_id: "E280689400004012AB34CD56EF7801122334455667788990" },
  ];
  world.enterprises.set("enterprise_zh", {
    enterprise_id: "enterprise_zh",
    name: "广西凭祥万通国际物流有限公司 – Chi nhánh Công ty TNHH Một thành viên Dịch vụ Thương mại và Vận tải Quốc tế Hữu Nghị Lạng Sơn",
    tax_code: "4900987654-001",
    address: "Lạng Sơn",
    phone: "+842053870001",
  });
  const held = makeTrip("19C07788", { declare_time: ago(14_000) });
  world.trips.set(held.trip_id, {
    ...held,
    state: "STATE_HELD",
    steps: held.steps.map((step) =>
      step.step_id === "plant_quarantine"
        ? {
            ...step,
            state: "STATE_HELD",
            acted_by: "person_role_quarantine",
            acted_by_name: "Hoàng Minh Đức",
            act_time: ago(1800),
            remark: "Mẫu lấy lần 1 có dấu hiệu ruồi đục quả, chờ kết quả lần 2",
          }
        : step,
    ),
  });
  for (const trip of world.trips.values()) {
    world.invoices.set(trip.trip_id, makeInvoice(trip.trip_id));
    world.tickets.set(trip.trip_id, makeTicket(trip.trip_id));
    world.timelines.set(trip.trip_id, [
      { event_kind: "customs.trip.declared", event_time: trip.declare_time, actor: "person_e", params: {} },
      { event_kind: "fee.invoice.issued", event_time: ago(2950), actor: "service:fee", params: {} },
      {
        event_kind: "customs.trip.step_confirmed",
        event_time: ago(2400),
        actor: "person_bg",
        params: { step_id: "border_guard" },
      },
      { event_kind: "fee.invoice.paid", event_time: ago(2100), actor: "service:fee", params: {} },
      { event_kind: "yard.ticket.checked_in", event_time: ago(1500), actor: "device_kiosk2", params: {} },
    ]);
  }
  world.passages = Array.from({ length: 120 }, (_, place) => makePassage(place));
}

function fillRules(world: World): void {
  const export_ = makeRule("huu-nghi-export");
  world.rules = [
    export_,
    makeRule("huu-nghi-import", {
      version: 1,
      author: "service:lane",
      reason: "first rule, from the configuration",
      opening_hours: [],
      stay_max_h: 0,
      call_required: false,
    }),
    makeRule("tan-thanh-export", {
      version: 12,
      permit_required: true,
      confidence_min: 0.925,
      reason:
        "Thống nhất với phía bạn tại hội đàm ngày 18/11: từ thứ hai đến thứ bảy mở từ 7 giờ, chủ nhật mở nửa ngày vì lượng " +
        "xe hoa quả dồn về cuối tuần; giấy phép liên vận kiểm tra ở mọi làn cho đến khi có thông báo mới.",
      opening_hours: [
        { weekdays: [1, 2, 3, 4, 5, 6], open_minute: 420, close_minute: 1200 },
        { weekdays: [7], open_minute: 450, close_minute: 720 },
      ],
    }),
  ];
  world.trial = {
    vehicle_count: 1312,
    otherwise_count: 14,
    unknown_count: 3,
    changes: [
      { was: "OUTCOME_OPEN", would: "OUTCOME_REFUSE", count: 11 },
      { was: "OUTCOME_OPEN", would: "OUTCOME_ASK", count: 3 },
    ],
    examples: ["12C34567", "桂F12345", "29H80177"].map((plate, place) => ({
      decision_id: `decision_${place}`,
      lane_id: `huu-nghi-x${place + 1}`,
      plate,
      decide_time: ago(600 + place * 1700),
      was: "OUTCOME_OPEN",
      would: place === 1 ? "OUTCOME_ASK" : "OUTCOME_REFUSE",
      was_reasons: [{ code: "ALL_CLEARED", params: {} }],
      would_reasons: whyOtherwise(place, plate),
    })),
  };
}

function fillPeople(world: World): void {
  world.persons = [
    makePerson("an.nv"),
    makePerson("baixe", { display_name: "Chu Văn Bãi", roles: ["ROLE_YARD_OPERATOR"], gate_ids: ["tan-thanh"] }),
    makePerson("cuu-can-bo", { display_name: "Đàm Văn Cựu", roles: ["ROLE_CUSTOMS"], state: "STATE_DISABLED" }),
    makePerson("ketoan@rauqua-xuatnhapkhau-langson.vn", {
      display_name: "Công ty Trách nhiệm hữu hạn Một thành viên Xuất nhập khẩu Rau quả và Dịch vụ Tổng hợp Lạng Sơn",
      roles: ["ROLE_ENTERPRISE"],
      enterprise_id: "enterprise_rauqua",
    }),
    makePerson("quantri", { display_name: "Bế Thị Quản", roles: ["ROLE_ADMINISTRATOR", "ROLE_AUDITOR"] }),
  ];
  world.clients = [
    {
      api_client_id: "client_1",
      title: "Phần mềm quản lý vận tải và khai báo của Công ty TNHH Rau quả Lạng Sơn (máy chủ dự phòng)",
      enterprise_id: "enterprise_rauqua",
      partner_id: "",
      create_time: ago(40 * 86_400),
      last_used_time: ago(340),
    },
    {
      api_client_id: "client_2",
      title: "凭祥海关",
      enterprise_id: "",
      partner_id: "pingxiang-customs",
      create_time: ago(80 * 86_400),
      revoke_time: ago(86_400),
    },
  ];
}

function whyOtherwise(place: number, plate: string): Reason[] {
  if (place === 1) return [{ code: "READ_UNSURE", params: { plate } }];
  return [
    { code: "PERMIT_MISSING", params: {} },
    { code: "STEP_NOT_CONFIRMED", params: { step_id: "plant_quarantine" } },
  ];
}

function fillBoard(world: World): void {
  const gate = (gate_id: string, scale: number) => ({
    gate_id,
    declared_count: Math.round(412 * scale),
    waiting_count: Math.round(187 * scale),
    waiting_perishable_count: Math.round(121 * scale),
    called_count: Math.round(26 * scale),
    exported_count: Math.round(642 * scale),
    imported_count: Math.round(391 * scale),
    median_wait_s: String(Math.round(5100 * scale)),
    out_of_turn_count: Math.round(2 * scale),
  });
  world.board = { gates: [gate("huu-nghi", 1), gate("tan-thanh", 0.6)], make_time: ago(1), source_age_ms: "900" };
  world.plans = ["huu-nghi", "tan-thanh"].map((gate_id) => ({
    gate_id,
    version: 4,
    called_max: 40,
    call_valid_s: 1800,
    perishable_of_ten: 7,
    cleared_only: true,
    fee_settled_only: true,
    author: "person_management",
    reason: "Mùa sầu riêng",
    create_time: ago(7 * 86_400),
  }));
  const waits = ["WAIT_TURN", "WAIT_STEPS", "WAIT_HELD", "WAIT_FEE"] as const;
  ["29H80177", "98C22019", "桂F12345", "15C11208", "云GD12345", "14C55120"].forEach((plate, place) => {
    const trip = makeTrip(plate);
    if (!world.trips.has(trip.trip_id)) world.trips.set(trip.trip_id, trip);
    const called = place < 2;
    world.tickets.set(
      trip.trip_id,
      makeTicket(trip.trip_id, {
        number: String(1830 + place * 7),
        ahead_count: called ? 0 : place - 2,
        state: called ? "STATE_CALLED" : "STATE_WAITING",
        wait: called ? "WAIT_UNSPECIFIED" : waits[(place - 2) % 4],
        perishable: place % 2 === 0,
        call_count: called ? place + 1 : place === 3 ? 1 : 0,
        call_time: called || place === 3 ? ago(1200) : undefined,
        call_expire_time: called ? ago(place === 0 ? 90 : -640) : undefined,
      }),
    );
  });
  world.yards = [
    { yard_id: "xuan-cuong", gate_id: "huu-nghi", title: "Bãi Xuân Cương", slot_count: 400, occupied_count: 187 },
    {
      yard_id: "coc-nam",
      gate_id: "huu-nghi",
      title: "Bãi kiểm hoá tập trung và dịch vụ kho vận Cốc Nam của Công ty cổ phần Vận tải và Thương mại Lạng Sơn",
      slot_count: 80,
      occupied_count: 80,
    },
    { yard_id: "bao-nguyen", gate_id: "tan-thanh", title: "Bãi Bảo Nguyên", slot_count: 120, occupied_count: 112 },
  ];
}

// Moves the gate on by one step of half a second. `N6` stays silent, to show what a lost lane looks like; an opening
// ordered by hand runs its course by the switches.
export function tick(world: World, count: number): void {
  for (const lane of world.lanes.values()) {
    if (lane.title === "N6") continue;
    const opening = lane.state === "LANE_STATE_OPENING" && lane.decision?.decided_by !== "lane";
    if (opening && lane.barrier_position === "BARRIER_POSITION_DOWN" && count % 3 === 0) {
      world.changeLane(lane.lane_id, { barrier_position: "BARRIER_POSITION_MOVING" });
    } else if (opening && lane.barrier_position === "BARRIER_POSITION_MOVING" && count % 3 === 0) {
      world.changeLane(lane.lane_id, { barrier_position: "BARRIER_POSITION_UP", state: "LANE_STATE_PASSING" });
    } else if (count % 3 === 0) {
      world.changeLane(lane.lane_id, {});
    }
  }
  if (count % 10 === 0) world.board = { ...world.board, make_time: new Date().toISOString() };
}
