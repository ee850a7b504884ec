// Accounts and API clients of the invented gate. Passwords and secrets are shown once, as the platform does.
import type { ApiClient, Person } from "../lib/wire.ts";
import { ago, makePerson } from "./data.ts";
import { page, type Route } from "./handlers.ts";
import { Refusal } from "./problem.ts";
import type { World } from "./world.ts";

export function personRoutes(world: World, route: Route) {
  const keys = new Set<string>();
  // True the first time that this key is used.
  const first = (request: Request) => {
    const key = request.headers.get("Idempotency-Key") ?? "";
    return keys.has(key) ? false : Boolean(keys.add(key));
  };
  const change = (id: string, more: Partial<Person>): Person => {
    const before = world.persons.find((each) => each.person_id === id);
    if (!before) throw new Refusal(404, "PERSON_NOT_FOUND");
    const administrators = world.persons.filter((each) => each.roles.includes("ROLE_ADMINISTRATOR"));
    const leaves = more.state === "STATE_DISABLED" || (more.roles && !more.roles.includes("ROLE_ADMINISTRATOR"));
    if (leaves && administrators.length === 1 && administrators[0] === before) {
      throw new Refusal(409, "LAST_ADMINISTRATOR");
    }
    const person = { ...before, ...more };
    world.persons = world.persons.map((each) => (each === before ? person : each));
    return person;
  };
  return [
    route("get", /\/v1\/persons$/, "IdentityService.ListPersons", ({ url }) => {
      const { rows, next } = page(world.persons, url);
      return { persons: rows, next_page_token: next };
    }),
    route("post", /\/v1\/persons$/, "IdentityService.CreatePerson", ({ request, body }) => {
      const name = String(body.sign_in_name ?? "");
      const again = !first(request);
      const known = world.persons.find((each) => each.sign_in_name === name);
      if (known && !again) throw new Refusal(409, "SIGN_IN_NAME_TAKEN");
      const person = known ?? makePerson(name, body as Partial<Person>);
      if (!known) world.persons = [...world.persons, person];
      return { person, one_time_password: again ? "" : "tam-7Kq2-Vx9d-rL" };
    }),
    route("post", /\/v1\/persons\/([^/:]+):setRoles$/, "IdentityService.SetPersonRoles", ({ match, body }) => ({
      person: change(match[1]!, { roles: body.roles as Person["roles"], gate_ids: body.gate_ids as string[] }),
    })),
    route("post", /\/v1\/persons\/([^/:]+):disable$/, "IdentityService.DisablePerson", ({ match }) => ({
      person: change(match[1]!, { state: "STATE_DISABLED" }),
    })),
    route("post", /\/v1\/persons\/([^/:]+):resetPassword$/, "IdentityService.ResetPassword", ({ match, request }) => ({
      person: change(match[1]!, {}),
      one_time_password: first(request) ? "tam-3Hn8-Zc5t-wP" : "",
    })),
    route("get", /\/v1\/api-clients$/, "IdentityService.ListApiClients", ({ me }) => ({
      api_clients: world.clients.filter((each) => !me.enterprise_id || each.enterprise_id === me.enterprise_id),
      next_page_token: "",
    })),
    route("post", /\/v1\/api-clients$/, "IdentityService.CreateApiClient", ({ body, me, request }) => {
      if (!first(request)) return { api_client: world.clients[0], client_secret: "" };
      const api_client: ApiClient = {
        api_client_id: `client_${world.clients.length + 1}`,
        title: String(body.title ?? ""),
        enterprise_id: me.enterprise_id,
        partner_id: String(body.partner_id ?? ""),
        create_time: ago(0),
      };
      world.clients = [api_client, ...world.clients];
      return { api_client, client_secret: "bg_secret_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG" };
    }),
    route("post", /\/v1\/api-clients\/([^/:]+):revoke$/, "IdentityService.RevokeApiClient", ({ match, me }) => {
      const before = world.clients.find(
        (each) => each.api_client_id === match[1] && (!me.enterprise_id || each.enterprise_id === me.enterprise_id),
      );
      if (!before) throw new Refusal(404, "API_CLIENT_NOT_FOUND");
      const api_client = { ...before, revoke_time: ago(0) };
      world.clients = world.clients.map((each) => (each === before ? api_client : each));
      return { api_client };
    }),
  ];
}
