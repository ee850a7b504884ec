// Confirms, holds or releases one step: names the truck and the step, and asks why where the record needs it.
import { useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { OrderProblem } from "@/components/order_problem.tsx";
import { RemarkField } from "@/components/remark_field.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatMassKg, type Language } from "@/lib/format.ts";
import { formatPlate } from "@/lib/plate.ts";
import { tripQuery } from "@/lib/requests/get_trip.ts";
import type { TripStep } from "@/lib/steps.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { useOrder } from "@/lib/use_order.ts";
import type { Trip } from "@/lib/wire.ts";
import { actOnStep, type StepAct } from "./api/act_on_step.ts";

export function StepDialog(props: { trip: Trip; step: TripStep; act: StepAct; onClose: () => void }) {
  const { t } = useTranslation("trips");
  const { trip, step, act } = props;
  const language = useLanguage();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const order = useOrder(actOnStep, (answer) => {
    client.setQueryData(tripQuery(trip.trip_id).queryKey, answer.trip);
    void client.invalidateQueries({ queryKey: ["trip", trip.trip_id] });
    void client.invalidateQueries({ queryKey: ["trips"] });
    props.onClose();
  });
  const reasonNeeded = act !== "confirm";
  const ready = !reasonNeeded || text.trim().length >= 3;
  const plate = formatPlate(trip.vehicle?.plate?.normalised ?? "");

  return (
    <Modal
      open
      title={t(`act.${act}.title`, { step: step.title, plate })}
      onCancel={props.onClose}
      closable={false}
      mask={{ closable: false }}
      footer={[
        <Button key="close" onClick={props.onClose}>
          {t("act.cancel")}
        </Button>,
        order.phase !== "unknown" && (
          <Button
            key="submit"
            type="primary"
            disabled={!ready}
            loading={order.phase === "sending"}
            onClick={() =>
              order.send({ trip_id: trip.trip_id, step_id: step.step_id, act, text: text.trim().normalize("NFC") })
            }
          >
            {t(`act.${act}.submit`)}
          </Button>
        ),
      ]}
    >
      <div className="command">
        <Facts items={factsOf(trip, t, language)} />
        <p>{t(`act.${act}.effect`)}</p>
        {step.acted_by_name && (
          <p className="quiet">
            {t("act.last", { name: step.acted_by_name })} <TimeText time={step.act_time} />
          </p>
        )}
        <RemarkField label={t(`act.${act}.text`)} value={text} onChange={setText} disabled={order.phase !== "form"} />
        <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />
      </div>
    </Modal>
  );
}

// What the officer is about to sign, in a few lines.
function factsOf(trip: Trip, t: ReturnType<typeof useTranslation<"trips">>["t"], language: Language) {
  const vehicle = trip.vehicle;
  const goods = trip.goods.map((line) => `${line.description} (${formatMassKg(line.gross_mass_kg, language)})`);
  return [
    { key: "goods", label: t("goods.title"), children: goods.join(", ") },
    {
      key: "trailer",
      label: t("declaration.trailer"),
      children: formatPlate(vehicle?.trailer_plate?.normalised ?? ""),
    },
    { key: "container", label: t("declaration.container"), children: vehicle?.container_number },
    { key: "seals", label: t("declaration.seals"), children: vehicle?.seal_numbers.join(", ") },
    { key: "certificate", label: t("quarantine.certificate"), children: trip.quarantine?.certificate_number },
  ].filter((fact) => fact.children);
}
