// What an enterprise looks for in the list of its trips: is the fee paid, and where does the truck stand in the order.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SignalMark } from "@/components/signal.tsx";
import { formatDong } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Invoice, Ticket } from "@/lib/wire.ts";
import { invoicesQuery } from "./api/list_invoices.ts";
import { ticketsQuery } from "./api/list_tickets.ts";
import type { TripRow } from "./trip_list.tsx";

// The two columns, or none for readers who may not see them.
export function useOwnColumns(wanted: boolean) {
  const { t } = useTranslation("trips");
  const invoices = useQuery({ ...invoicesQuery, enabled: wanted });
  const tickets = useQuery({ ...ticketsQuery, enabled: wanted });
  if (!wanted) return [];
  return [
    {
      title: t("column.fee"),
      render: ({ trip }: TripRow) => <FeeCell invoice={invoices.data?.find((each) => each.trip_id === trip.trip_id)} />,
    },
    {
      title: t("column.ticket"),
      render: ({ trip }: TripRow) => (
        <TicketCell ticket={tickets.data?.find((each) => each.trip_id === trip.trip_id)} />
      ),
    },
  ];
}

function FeeCell({ invoice }: { invoice: Invoice | undefined }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  if (!invoice) return null;
  const label = t(`invoice.${invoice.state}`);
  return (
    <>
      <SignalMark signal={invoice.state === "STATE_OPEN" ? "attention" : "rest"} label={label} />
      <br />
      <span className="quiet">{formatDong(invoice.amount_dong, language)}</span>
    </>
  );
}

function TicketCell({ ticket }: { ticket: Ticket | undefined }) {
  const { t } = useTranslation("trips");
  if (!ticket) return null;
  const called = ticket.state === "STATE_CALLED";
  return (
    <>
      {t("ticket.numbered", { number: ticket.number })}
      <br />
      <SignalMark
        signal={called ? "progress" : "rest"}
        label={called ? t("ticketState.STATE_CALLED") : t("ticket.aheadOf", { count: ticket.ahead_count })}
      />
    </>
  );
}
