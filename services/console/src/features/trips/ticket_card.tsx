// The truck's place in the yard's order.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatNumber } from "@/lib/format.ts";
import { yardsQuery } from "@/lib/requests/list_yards.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Ticket } from "@/lib/wire.ts";
import { tripTicketQuery } from "./api/trip_ticket.ts";

export function TicketCard({ tripId }: { tripId: string }) {
  const { t } = useTranslation("trips");
  const ticket = useQuery({ ...tripTicketQuery(tripId), refetchInterval: 10_000 });
  return (
    <section className="card">
      <h2>{t("ticket.title")}</h2>
      {ticket.isError && <ProblemAlert error={ticket.error} onRetry={() => ticket.refetch()} />}
      {ticket.data === null && <p>{t("ticket.none")}</p>}
      {ticket.data && <TicketFacts ticket={ticket.data} />}
    </section>
  );
}

function TicketFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  const yard = useQuery(yardsQuery).data?.find((each) => each.yard_id === ticket.yard_id);
  const waiting = ticket.state === "STATE_WAITING";
  const items = [
    { key: "number", label: t("ticket.number"), children: <strong>{ticket.number}</strong> },
    { key: "yard", label: t("ticket.yard"), children: yard?.title ?? ticket.yard_id },
    { key: "in", label: t("ticket.checkIn"), children: <TimeText time={ticket.check_in_time} /> },
    ...(waiting
      ? [{ key: "ahead", label: t("ticket.ahead"), children: formatNumber(ticket.ahead_count, language) }]
      : []),
    ...(ticket.call_time
      ? [{ key: "call", label: t("ticket.called"), children: <TimeText time={ticket.call_time} /> }]
      : []),
    ...(ticket.state === "STATE_CALLED"
      ? [{ key: "until", label: t("ticket.until"), children: <TimeText time={ticket.call_expire_time} /> }]
      : []),
    ...(ticket.pass_time
      ? [{ key: "pass", label: t("ticket.passed"), children: <TimeText time={ticket.pass_time} /> }]
      : []),
  ];
  return (
    <>
      <p>
        <strong>{t(`ticketState.${ticket.state}`)}</strong>
        {waiting && ` · ${t(`wait.${ticket.wait}`)}`}
      </p>
      <Facts items={items} />
    </>
  );
}
