// One trip: what was declared, where each agency stands, fee, ticket, and everything that happened.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { PlateText } from "@/components/plate.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { SignalMark } from "@/components/signal.tsx";
import { may } from "@/lib/access.ts";
import { formatPlate } from "@/lib/plate.ts";
import { tripQuery } from "@/lib/requests/get_trip.ts";
import { workflowsQuery } from "@/lib/requests/list_workflows.ts";
import { stepsOf } from "@/lib/steps.ts";
import { directionText, gateText } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, Trip } from "@/lib/wire.ts";
import { Declaration } from "./declaration.tsx";
import { Fee } from "./fee.tsx";
import { Steps } from "./steps.tsx";
import { TicketCard } from "./ticket_card.tsx";
import { Timeline } from "./timeline.tsx";
import { isOver, signalOfTrip } from "./trip_view.ts";
import "./trips.css";

export function TripPage({ me, tripId }: { me: Me; tripId: string }) {
  const { t } = useTranslation("trips");
  const trip = useQuery({ ...tripQuery(tripId), refetchInterval: 5_000 });
  const plate = trip.data?.vehicle?.plate?.normalised;
  return (
    <Page title={t("trip.title", { plate: plate ? formatPlate(plate) : "" })} purpose={t("trip.purpose")}>
      {trip.isError && <ProblemAlert error={trip.error} onRetry={() => trip.refetch()} />}
      {trip.isPending && <p role="status">{t("trip.loading")}</p>}
      {trip.data && <Found trip={trip.data} me={me} />}
    </Page>
  );
}

function Found({ trip, me }: { trip: Trip; me: Me }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  const workflows = useQuery(workflowsQuery(trip.gate_id));
  const steps = stepsOf(trip, workflows.data, me, language);
  return (
    <>
      <p className="trip-head">
        {trip.vehicle?.plate && <PlateText plate={trip.vehicle.plate.normalised} size="large" />}
        <SignalMark signal={signalOfTrip(trip)} label={t(`state.${trip.state}`)} />
        <span>
          {gateText(trip.gate_id)} · {directionText(trip.direction)}
        </span>
        {trip.perishable && <span className="badge">{t("perishable")}</span>}
        <code className="quiet">{trip.trip_id}</code>
      </p>
      {!isOver(trip) && may(me, "CustomsService.GetSlipPage") && (
        <p>
          <a href={`/v1/trips/${encodeURIComponent(trip.trip_id)}/slip/page`} target="_blank" rel="noreferrer">
            {t("trip.slip")}
          </a>{" "}
          <span className="quiet">{t("trip.slip_hint")}</span>
        </p>
      )}
      {workflows.isError && <ProblemAlert error={workflows.error} onRetry={() => workflows.refetch()} />}
      <div className="trip-grid">
        <div>
          <Steps trip={trip} steps={steps} me={me} />
          <Declaration trip={trip} me={me} />
        </div>
        <div>
          {may(me, "YardService.ListTickets") && <TicketCard tripId={trip.trip_id} />}
          {may(me, "FeeService.ListInvoices") && <Fee tripId={trip.trip_id} />}
          {may(me, "ReportService.GetTripTimeline") && <Timeline tripId={trip.trip_id} steps={steps} />}
        </div>
      </div>
    </>
  );
}
