// Trips with their steps, page after page.
import { useQueries } from "@tanstack/react-query";
import { type Paged, usePaged } from "@/lib/paged.ts";
import { workflowsQuery } from "@/lib/requests/list_workflows.ts";
import { stepsOf } from "@/lib/steps.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, Workflow } from "@/lib/wire.ts";
import { type TripsFilter, tripsQuery } from "./api/list_trips.ts";
import type { TripRow } from "./trip_list.tsx";
import { isOver } from "./trip_view.ts";

export function useTripRows(me: Me, filter: TripsFilter): Paged<TripRow> {
  const language = useLanguage();
  const trips = usePaged(tripsQuery(filter));
  const gates = [...new Set(trips.rows.map((trip) => trip.gate_id))];
  const workflows = useQueries({ queries: gates.map((gate) => workflowsQuery(gate)) });
  const known: Workflow[] = workflows.flatMap((each) => each.data ?? []);
  return {
    ...trips,
    rows: trips.rows.map((trip) => ({ trip, steps: isOver(trip) ? [] : stepsOf(trip, known, me, language) })),
    loaded: trips.loaded && workflows.every((each) => each.isFetched),
    problem: trips.problem ?? workflows.find((each) => each.error)?.error ?? null,
  };
}
