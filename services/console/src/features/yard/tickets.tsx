// Tickets of a gate: those that are called, with how long the call is good for, and those that wait, with why.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { ListTable } from "@/components/list_table.tsx";
import { PlateText } from "@/components/plate.tsx";
import { SignalMark } from "@/components/signal.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { TwoLines } from "@/components/two_lines.tsx";
import { may, mayAt } from "@/lib/access.ts";
import { formatDuration, formatNumber, formatWait } from "@/lib/format.ts";
import { usePaged } from "@/lib/paged.ts";
import { tripQuery } from "@/lib/requests/get_trip.ts";
import { serverNow } from "@/lib/server_clock.ts";
import { textOfCode } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Me, Ticket, Yard } from "@/lib/wire.ts";
import { ticketsQuery } from "./api/list_tickets.ts";

interface Props {
  me: Me;
  gate: string;
  yards: Yard[];
}

export function CalledTickets({ me, gate, yards }: Props) {
  const { t } = useTranslation("yard");
  const tickets = usePaged(ticketsQuery(gate, "STATE_CALLED"));
  return (
    <>
      <h2 className="list-title">{t("called.title")}</h2>
      <ListFrame list={tickets} count={tickets.rows.length} empty={t("called.empty")}>
        <ListTable<Ticket>
          rowKey="ticket_id"
          rows={tickets.rows}
          loading={!tickets.loaded}
          columns={[
            { title: t("column.number"), dataIndex: "number" },
            { title: t("column.truck"), render: (row: Ticket) => <Truck ticket={row} me={me} yards={yards} /> },
            {
              title: t("column.called"),
              render: (row: Ticket) => (
                <TwoLines
                  first={<TimeText time={row.call_time} />}
                  second={row.call_count > 1 && t("called.again", { number: row.call_count })}
                />
              ),
            },
            { title: t("column.until"), render: (row: Ticket) => <CallEnd time={row.call_expire_time} /> },
          ]}
        />
      </ListFrame>
    </>
  );
}

export function WaitingTickets({ me, gate, yards, onCall }: Props & { onCall: (ticket: Ticket) => void }) {
  const { t } = useTranslation("yard");
  const language = useLanguage();
  const tickets = usePaged(ticketsQuery(gate, "STATE_WAITING"));
  const mayCall = mayAt(me, "YardService.CallOutOfTurn", gate);
  return (
    <>
      <h2 className="list-title">{t("waiting.title")}</h2>
      <p className="purpose">{t("waiting.order")}</p>
      <ListFrame list={tickets} count={tickets.rows.length} empty={t("waiting.empty")}>
        <ListTable<Ticket>
          rowKey="ticket_id"
          rows={tickets.rows}
          loading={!tickets.loaded}
          columns={[
            { title: t("column.number"), dataIndex: "number" },
            { title: t("column.truck"), render: (row: Ticket) => <Truck ticket={row} me={me} yards={yards} /> },
            {
              title: t("column.checkIn"),
              render: (row: Ticket) => (
                <TwoLines
                  first={<TimeText time={row.check_in_time} />}
                  second={t("waiting.since", {
                    time: formatWait(serverNow() - Date.parse(row.check_in_time ?? ""), language),
                  })}
                />
              ),
            },
            { title: t("column.ahead"), render: (row: Ticket) => formatNumber(row.ahead_count, language) },
            { title: t("column.why"), render: (row: Ticket) => <Why ticket={row} /> },
            {
              title: <span className="sr-only">{t("column.acts")}</span>,
              align: "right" as const,
              render: (row: Ticket) =>
                mayCall && row.wait === "WAIT_TURN" ? (
                  <Button aria-label={t("call.of", { number: row.number })} onClick={() => onCall(row)}>
                    {t("call.button")}
                  </Button>
                ) : null,
            },
          ]}
        />
      </ListFrame>
    </>
  );
}

// Tickets carry no plate; the trip tells it.
function Truck({ ticket, me, yards }: { ticket: Ticket; me: Me; yards: Yard[] }) {
  const { t } = useTranslation("yard");
  const trip = useQuery({
    ...tripQuery(ticket.trip_id),
    enabled: may(me, "CustomsService.GetTrip"),
    staleTime: 300_000,
  }).data;
  const plate = trip?.vehicle?.plate?.normalised;
  const yard = yards.find((each) => each.yard_id === ticket.yard_id)?.title ?? ticket.yard_id;
  return (
    <TwoLines
      first={
        <Link to="/trips/$tripId" params={{ tripId: ticket.trip_id }}>
          {plate ? <PlateText plate={plate} /> : t("truck.trip", { number: ticket.number })}
        </Link>
      }
      second={
        <>
          <span className="long-name" lang="vi">
            {yard}
          </span>
          {ticket.perishable && <span className="badge">{t("truck.perishable")}</span>}
        </>
      }
    />
  );
}

// Why a ticket is not called now, and whether a call of it ran out before.
function Why({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("yard");
  const held = ticket.wait === "WAIT_HELD";
  const why = textOfCode("trips", `wait.${ticket.wait}`, {}, ticket.wait);
  return (
    <TwoLines
      first={held ? <SignalMark signal="attention" label={why} /> : why}
      second={
        ticket.call_count > 0 && (
          <>
            {t("waiting.missed", { number: ticket.call_count })} <TimeText time={ticket.call_time} />
          </>
        )
      }
    />
  );
}

// When a call ends, and how long that is; past it, the truck has not come.
function CallEnd({ time }: { time: string | undefined }) {
  const { t } = useTranslation("yard");
  useNow();
  const left = Date.parse(time ?? "") - serverNow();
  return (
    <TwoLines
      first={<TimeText time={time} />}
      second={
        left > 0 ? (
          t("called.left", { time: formatDuration(left) })
        ) : (
          <SignalMark signal="attention" label={t("called.late")} />
        )
      }
    />
  );
}
