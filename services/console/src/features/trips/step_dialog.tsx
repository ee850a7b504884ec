// Confirms, holds or releases one step: names the truck and the step, and asks why where the record needs it.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { OrderDialog } from "@/components/order_dialog.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatMassKg, type Language } from "@/lib/format.ts";
import { formatPlate } from "@/lib/plate.ts";
import { tripQuery } from "@/lib/requests/get_trip.ts";
import type { TripStep } from "@/lib/steps.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Trip } from "@/lib/wire.ts";
import { actOnStep, type StepAct } from "./api/act_on_step.ts";

export function StepDialog(props: { trip: Trip; step: TripStep; act: StepAct; onClose: () => void }) {
  const { t } = useTranslation("trips");
  const { trip, step, act } = props;
  const language = useLanguage();
  const client = useQueryClient();
  return (
    <OrderDialog
      title={t(`act.${act}.title`, { step: step.title, plate: formatPlate(trip.vehicle?.plate?.normalised ?? "") })}
      submit={t(`act.${act}.submit`)}
      words={{ label: t(`act.${act}.text`), needed: act !== "confirm" }}
      act={(text, key) => actOnStep({ trip_id: trip.trip_id, step_id: step.step_id, act, text }, key)}
      onDone={(answer) => {
        client.setQueryData(tripQuery(trip.trip_id).queryKey, answer.trip);
        void client.invalidateQueries({ queryKey: ["trip", trip.trip_id] });
        void client.invalidateQueries({ queryKey: ["trips"] });
        props.onClose();
      }}
      onClose={props.onClose}
    >
      <Facts items={factsOf(trip, t, language)} />
      <p>{t(`act.${act}.effect`)}</p>
      {step.acted_by_name && (
        <p className="quiet">
          {t("act.last", { name: step.acted_by_name })} <TimeText time={step.act_time} />
        </p>
      )}
    </OrderDialog>
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
