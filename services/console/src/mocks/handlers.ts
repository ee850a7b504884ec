// The gateway's answers, made from a World. Roles are enforced by the same table that the console shows buttons by, and
// access.test.ts holds that table to the protos.
import { HttpResponse, http, type RequestHandler } from "msw";
import { type Call, may } from "../lib/access.ts";
import type { Enterprise, Lane, Me, Trip, Vehicle } from "../lib/wire.ts";
import { ago, makeDecision, makeDriver, makeMe, makeTrip, makeVehicle } from "./data.ts";
import { personRoutes } from "./person_handlers.ts";
import { truckPicture } from "./picture.ts";
import { problem, Refusal } from "./problem.ts";
import { ruleRoutes } from "./rule_handlers.ts";
import type { World } from "./world.ts";
import { yardRoutes } from "./yard_handlers.ts";

const cookieName = "__Host-bordergate";

export interface Asked {
  request: Request;
  url: URL;
  me: Me;
  match: RegExpMatchArray;
  body: Record<string, unknown>;
}
type Answer = (asked: Asked) => object | Promise<object>;
export type Route = (
  method: "get" | "post",
  path: RegExp,
  call: Call | "public" | "signed-in",
  answer: Answer,
) => RequestHandler;

export function makeHandlers(world: World): RequestHandler[] {
  const who = (cookies: Record<string, string | undefined>) =>
    world.me ?? world.sessions.get(cookies[cookieName] ?? "") ?? null;

  // A call of the platform: signed in, with a role that may, or open to everybody when `call` is "public".
  const route: Route = (method, path, call, answer) =>
    http[method](path, async ({ request, cookies }) => {
      const me = who(cookies);
      if (call !== "public" && !me) return problem(401, "UNAUTHENTICATED");
      if (call !== "public" && call !== "signed-in" && me && !may(me, call)) return problem(403, "ROLE_MISSING");
      const url = new URL(request.url);
      const body = method === "post" ? ((await request.json()) as Record<string, unknown>) : {};
      if (method === "post") {
        world.posted.push({ path: url.pathname, body, key: request.headers.get("Idempotency-Key") });
      }
      try {
        const match = url.pathname.match(path)!;
        return HttpResponse.json(await answer({ request, url, me: me as Me, match, body }));
      } catch (error) {
        if (error instanceof Refusal) return problem(error.status, error.reason, error.params);
        throw error;
      }
    });

  return [
    http.post(/\/v1\/sign-in$/, async ({ request }) => {
      const { sign_in_name, password } = (await request.json()) as Record<string, string>;
      const person = world.accounts.get(sign_in_name ?? "");
      if (!person || password !== (world.passwords.get(sign_in_name ?? "") ?? "demo"))
        return problem(401, "SIGN_IN_REFUSED");
      const token = crypto.randomUUID();
      world.sessions.set(token, person);
      return HttpResponse.json(
        { session_token: "", person },
        { headers: { "Set-Cookie": `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict` } },
      );
    }),
    http.post(/\/v1\/sign-out$/, ({ cookies }) => {
      world.me = null;
      world.sessions.delete(cookies[cookieName] ?? "");
      return HttpResponse.json({});
    }),
    route("get", /\/v1\/me$/, "signed-in", ({ me }) => me),

    http.get(/\/v1\/lanes:watch$/, ({ cookies, request }) => {
      const me = who(cookies);
      if (!me) return problem(401, "UNAUTHENTICATED");
      if (!may(me, "LaneService.WatchLanes")) return problem(403, "ROLE_MISSING");
      return new HttpResponse(laneStream(world, request.signal), { headers: { "Content-Type": "text/event-stream" } });
    }),
    http.get(/\/v1\/cameras\/([^/]+)\/live$/, ({ cookies, request }) => {
      const me = who(cookies);
      if (!me || !may(me, "CameraService.WatchStills")) return problem(403, "ROLE_MISSING");
      return new HttpResponse(cameraStream(world, request.signal), {
        headers: { "Content-Type": "text/event-stream" },
      });
    }),
    http.get(/\/v1\/evidence\/evidence_(.+)$/, ({ cookies, request }) => {
      const me = who(cookies);
      if (!me || !may(me, "LaneService.GetEvidence")) return problem(403, "ROLE_MISSING");
      const plate = decodeURIComponent(new URL(request.url).pathname.split("evidence_")[1]!);
      return new HttpResponse(truckPicture(plate), { headers: { "Content-Type": "image/svg+xml" } });
    }),
    route("post", /\/v1\/lanes\/([^/:]+):open$/, "LaneService.OpenBarrier", ({ match, body, me }) => {
      const lane = laneOf(world, match[1]!);
      const watched = lane.decision?.reasons.some((reason) => reason.code.startsWith("WATCH_LIST"));
      if (watched && body.watch_list_acknowledged !== true) throw new Refusal(400, "WATCH_LISTED");
      const decision = decided(lane, "OUTCOME_OPEN", body, me);
      world.changeLane(lane.lane_id, {
        state: "LANE_STATE_OPENING",
        barrier_command: "BARRIER_COMMAND_RAISE",
        decision,
      });
      return { decision };
    }),
    route("post", /\/v1\/lanes\/([^/:]+):refuse$/, "LaneService.RefuseVehicle", ({ match, body, me }) => {
      const lane = laneOf(world, match[1]!);
      const decision = decided(lane, "OUTCOME_REFUSE", body, me);
      world.changeLane(lane.lane_id, { state: "LANE_STATE_REFUSED", decision });
      return { decision };
    }),
    route("post", /\/v1\/lanes\/([^/:]+):setMode$/, "LaneService.SetLaneMode", ({ match, body, me }) => ({
      lane: world.changeLane(laneOf(world, match[1]!).lane_id, {
        mode: body.mode as Lane["mode"],
        mode_time: new Date().toISOString(),
        mode_reasons: [{ code: "SET_BY_HAND", params: { by: me.display_name, reason: String(body.reason) } }],
      }),
    })),

    route("post", /\/v1\/trips$/, "CustomsService.DeclareTrip", ({ body }) => {
      const plate = String(body.plate);
      const trip = makeTrip(plate, { goods: body.goods as Trip["goods"], declare_time: ago(0) });
      world.trips.set(trip.trip_id, trip);
      return { trip };
    }),
    route("get", /\/v1\/vehicles$/, "VehicleService.ListVehicles", () => ({
      vehicles: world.vehicles,
      next_page_token: "",
    })),
    route("post", /\/v1\/vehicles$/, "VehicleService.RegisterVehicle", ({ body }) => {
      const made = makeVehicle(String(body.plate).replace(/[^A-Z0-9]/g, ""), body.kind as Vehicle["kind"]);
      const vehicle = { ...made, tag_id: String(body.tag_id ?? "").toUpperCase() };
      world.vehicles = [vehicle, ...world.vehicles];
      return { vehicle };
    }),
    route("post", /\/v1\/vehicles\/([^/:]+):setTag$/, "VehicleService.SetVehicleTag", ({ match, body }) => {
      const tag_id = String(body.tag_id ?? "").toUpperCase();
      const vehicle = world.vehicles.find((each) => each.vehicle_id === match[1]);
      if (!vehicle) throw new Refusal(404, "VEHICLE_NOT_FOUND");
      if (tag_id !== "" && world.vehicles.some((each) => each !== vehicle && each.tag_id === tag_id))
        throw new Refusal(409, "TAG_TAKEN");
      const changed = { ...vehicle, tag_id };
      world.vehicles = world.vehicles.map((each) => (each === vehicle ? changed : each));
      return { vehicle: changed };
    }),
    route("get", /\/v1\/drivers$/, "VehicleService.ListDrivers", () => ({
      drivers: world.drivers,
      next_page_token: "",
    })),
    route("post", /\/v1\/drivers$/, "VehicleService.RegisterDriver", ({ body }) => {
      const driver = makeDriver(String(body.name), String(body.document_number));
      world.drivers = [driver, ...world.drivers];
      return { driver };
    }),
    route("get", /\/v1\/trips$/, "CustomsService.ListTrips", ({ url }) => {
      const state = url.searchParams.get("state");
      const roles = url.searchParams.getAll("open_step_roles");
      const order = url.searchParams.get("oldest_first") === "true" ? 1 : -1;
      const waits = (trip: Trip) =>
        (trip.state === "STATE_DECLARED" || trip.state === "STATE_HELD") &&
        trip.steps.some((step) => step.state === "STATE_OPEN" && roles.includes(step.role));
      const trips = [...world.trips.values()]
        .filter((trip) => (!state || trip.state === state) && (roles.length === 0 || waits(trip)))
        .sort((a, b) => (a.declare_time ?? "").localeCompare(b.declare_time ?? "") * order);
      const { rows, next } = page(trips, url);
      return { trips: rows, next_page_token: next };
    }),
    route(
      "post",
      /\/v1\/trips\/([^/]+)\/steps\/([^/:]+):(\w+)$/,
      "CustomsService.ConfirmStep",
      ({ match, body, me }) => {
        const trip = tripOf(world, decodeURIComponent(match[1]!));
        const text = String(body.remark ?? body.reason ?? "");
        return { trip: world.actOnStep(trip, match[2]!, match[3]!, text, me) };
      },
    ),
    route("get", /\/v1\/trips\/([^/]+)\/timeline$/, "ReportService.GetTripTimeline", ({ match }) => ({
      entries: world.timelines.get(tripOf(world, decodeURIComponent(match[1]!)).trip_id) ?? [],
    })),
    route("get", /\/v1\/trips\/([^/]+)$/, "CustomsService.GetTrip", ({ match }) => ({
      trip: tripOf(world, decodeURIComponent(match[1]!)),
    })),
    route("get", /\/v1\/workflows$/, "signed-in", () => ({ workflows: world.workflows, next_page_token: "" })),
    http.post(/\/v1\/sign-up$/, async ({ request }) => {
      const { sign_in_name, password, display_name } = (await request.json()) as Record<string, string>;
      if (!password || password.length < 10) return problem(400, "PASSWORD_TOO_WEAK");
      if (!sign_in_name || world.accounts.has(sign_in_name)) return problem(409, "SIGN_IN_NAME_TAKEN");
      const me = makeMe("ROLE_ENTERPRISE", display_name ?? "", { enterprise_id: `enterprise_${sign_in_name}` });
      world.accounts.set(sign_in_name, me);
      world.passwords.set(sign_in_name, password);
      return HttpResponse.json({ person: { ...me, person_id: me.subject_id, sign_in_name } });
    }),
    route("post", /\/v1\/enterprises$/, "VehicleService.RegisterEnterprise", ({ body, me }) => {
      const taken = [...world.enterprises.values()].some((each) => each.tax_code === body.tax_code);
      if (taken) throw new Refusal(409, "TAX_CODE_TAKEN");
      const enterprise = { ...(body as unknown as Enterprise), enterprise_id: me.enterprise_id, register_time: ago(0) };
      world.enterprises.set(me.enterprise_id, enterprise);
      return { enterprise };
    }),
    route("get", /\/v1\/enterprises\/([^/]+)$/, "VehicleService.GetEnterprise", ({ match }) => {
      const enterprise = world.enterprises.get(match[1]!);
      if (!enterprise) throw new Refusal(404, "ENTERPRISE_NOT_FOUND");
      return { enterprise };
    }),
    route("get", /\/v1\/invoices$/, "FeeService.ListInvoices", ({ url }) => ({
      invoices: [...world.invoices.values()].filter((each) => fits(url, each)),
      next_page_token: "",
    })),
    route("get", /\/v1\/passages$/, "ReportService.SearchPassages", ({ url }) => {
      const plate = (url.searchParams.get("plate") ?? "").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
      const lane = url.searchParams.get("lane_id");
      const found = world.passages.filter((row) => row.plate.includes(plate) && (!lane || row.lane_id === lane));
      const { rows, next } = page(found, url);
      return { passages: rows, next_page_token: next };
    }),
    ...ruleRoutes(world, route),
    ...yardRoutes(world, route),
    ...personRoutes(world, route),
    route("get", /\/v1\/board$/, "public", () => world.board),
  ];
}

function laneStream(world: World, signal: AbortSignal): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      controller.enqueue(text.encode(": open\n\n"));
      end = world.watch((lane) => controller.enqueue(text.encode(`data: ${JSON.stringify({ lane })}\n\n`)));
      signal.addEventListener("abort", () => end());
    },
    cancel: () => end(),
  });
}

// What the test makes a camera show; without a word of it nothing is shown.
function cameraStream(world: World, signal: AbortSignal): ReadableStream {
  const text = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      controller.enqueue(text.encode(": open\n\n"));
      end = world.watchCamera((still) => controller.enqueue(text.encode(`data: ${JSON.stringify(still)}\n\n`)));
      signal.addEventListener("abort", () => end());
    },
    cancel: () => end(),
  });
}

function decided(lane: Lane, outcome: "OUTCOME_OPEN" | "OUTCOME_REFUSE", body: Record<string, unknown>, me: Me) {
  return {
    ...(lane.decision ?? makeDecision(String(body.plate ?? ""))),
    decision_id: crypto.randomUUID(),
    outcome,
    reasons: [{ code: String(body.reason_code), params: {} }],
    decided_by: me.subject_id,
    decided_by_name: me.display_name,
    remark: String(body.remark ?? ""),
  };
}

// Of the trip and in the state that the query names, if it names any.
function fits(url: URL, each: { trip_id: string; state: string }): boolean {
  const [trip, state] = [url.searchParams.get("trip_id"), url.searchParams.get("state")];
  return (!trip || each.trip_id === trip) && (!state || each.state === state);
}

function laneOf(world: World, laneId: string) {
  const lane = world.lanes.get(laneId);
  if (!lane) throw new Refusal(404, "LANE_NOT_FOUND");
  return lane;
}

function tripOf(world: World, tripId: string) {
  const trip = world.trips.get(tripId);
  if (!trip) throw new Refusal(404, "TRIP_NOT_FOUND");
  return trip;
}

export function page<T>(all: T[], url: URL): { rows: T[]; next: string } {
  const size = Number(url.searchParams.get("page_size") ?? 50);
  const start = Number(url.searchParams.get("page_token") ?? 0);
  const next = start + size < all.length ? String(start + size) : "";
  return { rows: all.slice(start, start + size), next };
}
