// Rows of trips, for the list of all and for the list of one's own work.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ListTable } from "@/components/list_table.tsx";
import { PlateText } from "@/components/plate.tsx";
import { SignalMark } from "@/components/signal.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatPlate } from "@/lib/plate.ts";
import type { TripStep } from "@/lib/steps.ts";
import { directionText, gateText } from "@/lib/texts.ts";
import type { Trip } from "@/lib/wire.ts";
import { StepState } from "./steps.tsx";
import { signalOfTrip } from "./trip_view.ts";

export interface TripRow {
  trip: Trip;
  steps: TripStep[]; // the steps to show: all, or those that wait for the reader
}

export interface TripColumn {
  title: string;
  render: (row: TripRow) => ReactNode;
}

// `more` stands between what every reader sees and the date.
export function TripList({ rows, loading, more = [] }: { rows: TripRow[]; loading: boolean; more?: TripColumn[] }) {
  const { t } = useTranslation("trips");
  return (
    <ListTable<TripRow>
      rowKey={(row) => row.trip.trip_id}
      rows={rows}
      loading={loading}
      columns={[
        {
          title: t("column.plate"),
          render: ({ trip }: TripRow) => {
            const plate = trip.vehicle?.plate?.normalised ?? "";
            return (
              <Link
                to="/trips/$tripId"
                params={{ tripId: trip.trip_id }}
                aria-label={t("trip.title", { plate: formatPlate(plate) })}
              >
                <PlateText plate={plate} />
              </Link>
            );
          },
        },
        {
          title: t("column.state"),
          render: ({ trip }: TripRow) => (
            <>
              <SignalMark signal={signalOfTrip(trip)} label={t(`state.${trip.state}`)} />
              {trip.perishable && <span className="badge">{t("perishable")}</span>}
            </>
          ),
        },
        {
          title: t("column.steps"),
          render: ({ steps }: TripRow) => (
            <ul className="step-list">
              {steps.map((step) => (
                <li key={step.step_id}>
                  {step.title} <StepState step={step} />
                </li>
              ))}
            </ul>
          ),
        },
        {
          title: t("column.goods"),
          render: ({ trip }: TripRow) => <span className="long-name">{trip.goods[0]?.description}</span>,
        },
        {
          title: t("column.gate"),
          render: ({ trip }: TripRow) => `${gateText(trip.gate_id)} · ${directionText(trip.direction)}`,
        },
        ...more,
        { title: t("column.declared"), render: ({ trip }: TripRow) => <TimeText time={trip.declare_time} /> },
      ]}
    />
  );
}
