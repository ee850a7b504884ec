// Yards of the invented gate: occupancy, the rule, tickets, check-in and calls out of turn.
import { ago, makeTicket } from "./data.ts";
import { page, type Route } from "./handlers.ts";
import { Refusal } from "./problem.ts";
import type { World } from "./world.ts";

export function yardRoutes(world: World, route: Route) {
  return [
    route("get", /\/v1\/yards$/, "public", () => ({ yards: world.yards, next_page_token: "" })),
    route("get", /\/v1\/holding-plans$/, "public", ({ url }) => {
      const gate = url.searchParams.get("gate_id");
      const plans = world.plans.filter((plan) => !gate || plan.gate_id === gate);
      return { holding_plans: plans, next_page_token: "" };
    }),
    route("get", /\/v1\/tickets$/, "YardService.ListTickets", ({ url }) => {
      const asked = (name: string, value: string) => (url.searchParams.get(name) ?? value) === value;
      const found = [...world.tickets.values()]
        .filter(
          (each) => asked("trip_id", each.trip_id) && asked("state", each.state) && asked("gate_id", each.gate_id),
        )
        .sort((a, b) => Number(a.number) - Number(b.number));
      const { rows, next } = page(found, url);
      return { tickets: rows, next_page_token: next };
    }),
    route("post", /\/v1\/yards\/([^/:]+):checkIn$/, "YardService.CheckIn", ({ match, body }) => {
      const plate = String(body.plate)
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, "");
      const trip = [...world.trips.values()].find((each) => each.vehicle?.plate?.normalised === plate);
      if (!trip) throw new Refusal(404, "TRIP_NOT_EXPECTED");
      const yard = world.yards.find((each) => each.yard_id === match[1]);
      if (!yard) throw new Refusal(404, "YARD_NOT_FOUND");
      if (yard.occupied_count >= yard.slot_count) throw new Refusal(409, "YARD_FULL");
      const ticket =
        world.tickets.get(trip.trip_id) ??
        makeTicket(trip.trip_id, { yard_id: yard.yard_id, number: "1900", check_in_time: ago(0), wait: "WAIT_TURN" });
      world.tickets.set(trip.trip_id, ticket);
      return { ticket };
    }),
    route("post", /\/v1\/tickets\/([^/:]+):callOutOfTurn$/, "YardService.CallOutOfTurn", ({ match }) => {
      const before = [...world.tickets.values()].find((each) => each.ticket_id === decodeURIComponent(match[1]!));
      if (!before) throw new Refusal(404, "TICKET_NOT_FOUND");
      if (before.wait !== "WAIT_TURN") throw new Refusal(409, "TICKET_NOT_READY", { wait: before.wait });
      const ticket = {
        ...before,
        state: "STATE_CALLED" as const,
        wait: "WAIT_UNSPECIFIED" as const,
        call_time: ago(0),
        call_expire_time: ago(-1800),
        call_count: before.call_count + 1,
      };
      world.tickets.set(ticket.trip_id, ticket);
      return { ticket };
    }),
  ];
}
