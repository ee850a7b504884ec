// The addresses of the console. Everything that a page shows can be read from its address.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { withQuery } from "@/lib/http.ts";
import { meQuery } from "@/lib/requests/get_me.ts";
import type { TripState } from "@/lib/wire.ts";
import { Failed, NotFound } from "./failed.tsx";
import { Shell } from "./shell.tsx";

// Names in the address of a search; see features/passages.
type PassageSearch = Partial<Record<"plate" | "gate" | "lane" | "trip" | "from" | "until" | "page", string>>;

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  loader: async ({ context }) => ({ me: await context.client.ensureQueryData(meQuery) }),
  component: lazyRouteComponent(() => import("./routes/start.tsx")),
});

export const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: string } => ({
    next: ownPath(search.next),
    ended: search.ended === "1" ? "1" : undefined,
  }),
  component: lazyRouteComponent(() => import("./routes/sign_in.tsx")),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("./routes/sign_up.tsx")),
});

// Pages for people who are signed in.
export const signedInRoute = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData({ ...meQuery, revalidateIfStale: true });
    if (!me) throw redirect({ to: "/sign-in", search: { next: location.href } });
    return { me };
  },
});

// Pages below this one share one live stream of lanes.
const lanes = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/lanes",
  component: lazyRouteComponent(() => import("./routes/lanes.tsx")),
});
export const wallRoute = createRoute({
  getParentRoute: () => lanes,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { gate?: string } => ({ gate: text(search.gate) }),
  component: lazyRouteComponent(() => import("./routes/wall.tsx")),
});
export const laneRoute = createRoute({
  getParentRoute: () => lanes,
  path: "$laneId",
  component: lazyRouteComponent(() => import("./routes/lane.tsx")),
});
const work = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/work",
  component: lazyRouteComponent(() => import("./routes/work.tsx")),
});
export const tripsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/trips",
  validateSearch: (search: Record<string, unknown>): { state?: TripState } => ({
    state: text(search.state) as TripState | undefined,
  }),
  component: lazyRouteComponent(() => import("./routes/trips.tsx")),
});
const declare = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/trips/new",
  component: lazyRouteComponent(() => import("./routes/declare.tsx")),
});
export const tripRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/trips/$tripId",
  component: lazyRouteComponent(() => import("./routes/trip.tsx")),
});
export const passagesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/passages",
  validateSearch: (search: Record<string, unknown>): PassageSearch => ({
    plate: text(search.plate),
    gate: text(search.gate),
    lane: text(search.lane),
    trip: text(search.trip),
    from: text(search.from),
    until: text(search.until),
    page: text(search.page),
  }),
  component: lazyRouteComponent(() => import("./routes/passages.tsx")),
});
export const yardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/yard",
  validateSearch: (search: Record<string, unknown>): { gate?: string } => ({ gate: text(search.gate) }),
  component: lazyRouteComponent(() => import("./routes/yard.tsx")),
});
const rules = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/rules",
  component: lazyRouteComponent(() => import("./routes/rules.tsx")),
});
export const ruleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/rules/$checkpointId",
  component: lazyRouteComponent(() => import("./routes/rule.tsx")),
});
const enterprise = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/enterprise",
  component: lazyRouteComponent(() => import("./routes/enterprise.tsx")),
});
const people = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("./routes/people.tsx")),
});
const clients = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/clients",
  component: lazyRouteComponent(() => import("./routes/clients.tsx")),
});
const profile = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/me",
  component: lazyRouteComponent(() => import("./routes/profile.tsx")),
});

// The short name of the public board, which is a page of its own.
const board = createRoute({
  getParentRoute: () => root,
  path: "/board",
  beforeLoad: () => {
    window.location.replace(`/board.html${window.location.search}`);
    return new Promise<never>(() => {}); // this page is over
  },
});

const routes = root.addChildren([
  start,
  board,
  signInRoute,
  signUp,
  signedInRoute.addChildren([
    lanes.addChildren([wallRoute, laneRoute]),
    work,
    tripsRoute,
    declare,
    tripRoute,
    passagesRoute,
    yardRoute,
    rules,
    ruleRoute,
    enterprise,
    people,
    clients,
    profile,
  ]),
]);

export function makeRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: routes,
    history,
    context: { client },
    defaultErrorComponent: Failed,
    defaultPendingMs: 300,
    // The query in the address is plain text: a plate such as 12E5 must not become a number.
    parseSearch: (query) => Object.fromEntries(new URLSearchParams(query)),
    stringifySearch: (search) => withQuery("", search),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

// A path of this host, to go to after signing in; anything that could lead elsewhere is dropped.
export function ownPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}
