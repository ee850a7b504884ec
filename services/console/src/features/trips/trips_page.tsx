// All trips that the reader may see, newest first.
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { workflowsQuery } from "@/lib/requests/list_workflows.ts";
import { stepsOf } from "@/lib/steps.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, Trip, TripState, Workflow } from "@/lib/wire.ts";
import { tripsQuery } from "./api/list_trips.ts";
import { TripList, type TripRow } from "./trip_list.tsx";
import { isOver, openStepsOfMine } from "./trip_view.ts";
import "./trips.css";

export const tripStates = [
  "STATE_DECLARED",
  "STATE_HELD",
  "STATE_CLEARED",
  "STATE_CROSSED",
  "STATE_CANCELLED",
] as const satisfies TripState[];

export function TripsPage(props: { me: Me; state?: TripState; onState: (state?: TripState) => void }) {
  const { t } = useTranslation("trips");
  const trips = useTripRows(props.me, props.state);
  const rows = trips.rows.map((row) => ({
    ...row,
    steps: row.steps.filter((step) => step.state !== "STATE_CONFIRMED"),
  }));
  return (
    <Page
      title={t("list.title")}
      purpose={t("list.purpose")}
      actions={
        <Select<TripState | "">
          aria-label={t("list.state")}
          value={props.state ?? ""}
          onChange={(value: TripState | "") => props.onState(value === "" ? undefined : value)}
          options={[
            { value: "" as const, label: t("list.everyState") },
            ...tripStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
          ]}
        />
      }
    >
      <Rows trips={trips} rows={rows} empty={t("list.empty")} />
    </Page>
  );
}

// The open steps of the reader's agency, oldest first: who waits longest is served first.
// Trips that another agency holds are among them: the hold stops the truck, not the other agencies' work.
export function WorkPage({ me }: { me: Me }) {
  const { t } = useTranslation("trips");
  const declared = useTripRows(me, "STATE_DECLARED");
  const held = useTripRows(me, "STATE_HELD");
  const trips = {
    loaded: declared.loaded && held.loaded,
    problem: declared.problem ?? held.problem,
    again: () => {
      declared.again();
      held.again();
    },
    more: declared.more ?? held.more,
  };
  const rows = [...declared.rows, ...held.rows]
    .map((row) => ({ ...row, steps: openStepsOfMine(row.trip, row.steps) }))
    .filter((row) => row.steps.length > 0)
    .sort((a, b) => (a.trip.declare_time ?? "").localeCompare(b.trip.declare_time ?? ""));
  return (
    <Page title={t("work.title")} purpose={t("work.purpose")}>
      <Rows trips={trips} rows={rows} empty={t("work.empty")} />
    </Page>
  );
}

interface Loading {
  loaded: boolean;
  problem: Error | null;
  again: () => void;
  more: (() => void) | null;
}

function Rows({ trips, rows, empty }: { trips: Loading; rows: TripRow[]; empty: string }) {
  const { t } = useTranslation("trips");
  return (
    <>
      {trips.problem && <ProblemAlert error={trips.problem} onRetry={trips.again} />}
      {trips.loaded && rows.length === 0 && (
        <p className="card" role="status">
          {empty}
        </p>
      )}
      {(rows.length > 0 || (!trips.loaded && !trips.problem)) && <TripList rows={rows} loading={!trips.loaded} />}
      {trips.more && (
        <p className="pager">
          <Button onClick={trips.more}>{t("list.more")}</Button>
        </p>
      )}
    </>
  );
}

function useTripRows(me: Me, state?: TripState) {
  const language = useLanguage();
  const query = useInfiniteQuery(tripsQuery({ state }));
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
