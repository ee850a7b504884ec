// Trips with their steps, page after page, and what stands around a list of them: problems, emptiness, more.
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { workflowsQuery } from "@/lib/requests/list_workflows.ts";
import { stepsOf } from "@/lib/steps.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, Trip, Workflow } from "@/lib/wire.ts";
import { type TripsFilter, tripsQuery } from "./api/list_trips.ts";
import type { TripRow } from "./trip_list.tsx";
import { isOver } from "./trip_view.ts";

export interface TripRows {
  rows: TripRow[];
  loaded: boolean;
  problem: Error | null;
  again: () => void;
  more: (() => void) | null;
}

export function useTripRows(me: Me, filter: TripsFilter): TripRows {
  const language = useLanguage();
  const query = useInfiniteQuery(tripsQuery(filter));
  const trips: Trip[] = query.data?.pages.flatMap((page) => page.trips) ?? [];
  const gates = [...new Set(trips.map((trip) => trip.gate_id))];
  const workflows = useQueries({ queries: gates.map((gate) => workflowsQuery(gate)) });
  const known: Workflow[] = workflows.flatMap((each) => each.data ?? []);
  const failed = query.error ?? workflows.find((each) => each.error)?.error ?? null;
  return {
    rows: trips.map((trip) => ({ trip, steps: isOver(trip) ? [] : stepsOf(trip, known, me, language) })),
    loaded: query.isSuccess && workflows.every((each) => each.isFetched),
    problem: failed,
    again: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}

export function Rows(props: { trips: TripRows; count: number; empty: string; children: ReactNode }) {
  const { t } = useTranslation("trips");
  const { trips, count } = props;
  return (
    <>
      {trips.problem && <ProblemAlert error={trips.problem} onRetry={trips.again} />}
      {trips.loaded && count === 0 && (
        <p className="card" role="status">
          {props.empty}
        </p>
      )}
      {(count > 0 || (!trips.loaded && !trips.problem)) && props.children}
      {trips.more && (
        <p className="pager">
          <Button onClick={trips.more}>{t("list.more")}</Button>
        </p>
      )}
    </>
  );
}
