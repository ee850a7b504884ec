// All trips that the reader may see, newest first.
import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { Page } from "@/components/page.tsx";
import { may } from "@/lib/access.ts";
import type { Me, TripState } from "@/lib/wire.ts";
import { useOwnColumns } from "./own_columns.tsx";
import { TripList } from "./trip_list.tsx";
import { useTripRows } from "./trip_rows.tsx";
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
  const trips = useTripRows(props.me, { state: props.state });
  const declares = may(props.me, "CustomsService.DeclareTrip");
  const own = useOwnColumns(declares);
  const rows = trips.rows.map((row) => ({
    ...row,
    steps: row.steps.filter((step) => step.state !== "STATE_CONFIRMED"),
  }));
  return (
    <Page
      title={t("list.title")}
      purpose={t(declares ? "list.purposeOwn" : "list.purpose")}
      actions={
        <>
          {declares && (
            <Link to="/trips/new" className="button-link">
              {t("list.declare")}
            </Link>
          )}
          <Select<TripState | "">
            aria-label={t("list.state")}
            value={props.state ?? ""}
            onChange={(value: TripState | "") => props.onState(value === "" ? undefined : value)}
            options={[
              { value: "" as const, label: t("list.everyState") },
              ...tripStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
            ]}
          />
        </>
      }
    >
      <ListFrame list={trips} count={rows.length} empty={t(declares && !props.state ? "list.emptyOwn" : "list.empty")}>
        <TripList rows={rows} loading={!trips.loaded} more={own} />
      </ListFrame>
    </Page>
  );
}
