// Checks a truck in at a yard by its plate, and tells its place in the order.
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { formatNumber } from "@/lib/format.ts";
import { textOfCode } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Ticket, Yard } from "@/lib/wire.ts";
import { type CheckIn, checkIn } from "./api/check_in.ts";

export function CheckInDialog({ yards, onClose }: { yards: Yard[]; onClose: () => void }) {
  const { t } = useTranslation("yard");
  const client = useQueryClient();
  return (
    <FormDialog<CheckIn, { ticket: Ticket }>
      name="checkIn"
      title={t("checkIn.title")}
      submit={t("checkIn.submit")}
      start={{ yard_id: yards[0]?.yard_id }}
      act={checkIn}
      ofReason={{ TRIP_NOT_EXPECTED: "plate", YARD_NOT_FOUND: "yard_id", YARD_FULL: "yard_id" }}
      labelOf={(field) => t(`checkIn.${field}` as "checkIn.plate", { defaultValue: field })}
      onDone={() => void client.invalidateQueries({ queryKey: ["tickets"] })}
      done={({ ticket }) => <Checked ticket={ticket} />}
      onClose={onClose}
    >
      <Form.Item name="yard_id" label={t("checkIn.yard_id")}>
        <Select options={yards.map((yard) => ({ value: yard.yard_id, label: yard.title }))} />
      </Form.Item>
      <Form.Item name="plate" label={t("checkIn.plate")}>
        <Input placeholder="12C-345.67" autoCapitalize="characters" />
      </Form.Item>
    </FormDialog>
  );
}

function Checked({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("yard");
  const language = useLanguage();
  const waits = ticket.state === "STATE_WAITING";
  return (
    <div role="status">
      <p>
        <strong>{t("checkIn.done", { number: ticket.number })}</strong>
      </p>
      <p>
        {textOfCode("trips", `ticketState.${ticket.state}`)}
        {waits && ` · ${textOfCode("trips", `wait.${ticket.wait}`)}`}
        {waits && ` · ${t("checkIn.ahead", { number: formatNumber(ticket.ahead_count, language) })}`}
      </p>
    </div>
  );
}
