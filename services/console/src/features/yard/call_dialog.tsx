// Calls one ticket out of turn. The reason and the name are public.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { OrderDialog } from "@/components/order_dialog.tsx";
import { formatNumber } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Ticket } from "@/lib/wire.ts";
import { callOutOfTurn } from "./api/call_out_of_turn.ts";

export function CallDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation("yard");
  const language = useLanguage();
  const client = useQueryClient();
  return (
    <OrderDialog
      title={t("call.title", { number: ticket.number })}
      submit={t("call.submit")}
      words={{ label: t("call.reason"), needed: true }}
      act={(reason, key) => callOutOfTurn(ticket.ticket_id, reason, key)}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ["tickets"] });
        onClose();
      }}
      onClose={onClose}
    >
      <p>{t("call.effect", { number: formatNumber(ticket.ahead_count, language) })}</p>
    </OrderDialog>
  );
}
