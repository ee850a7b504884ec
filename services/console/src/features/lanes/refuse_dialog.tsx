// Refuses the vehicle in a lane.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderProblem } from "@/components/order_problem.tsx";
import { RemarkField } from "@/components/remark_field.tsx";
import { formatPlate } from "@/lib/plate.ts";
import { useOrder } from "@/lib/use_order.ts";
import type { Me } from "@/lib/wire.ts";
import { refuseReasons, refuseVehicle } from "./api/refuse_vehicle.ts";
import { CommandDialog } from "./command_dialog.tsx";
import { DecisionText } from "./decision_text.tsx";
import type { LiveLane } from "./lane_store.ts";
import { takesRefusal } from "./lane_view.ts";
import { ReasonChoice, reasonOfKey } from "./reason_choice.tsx";
import { useTarget } from "./use_target.ts";
import { VehicleSummary } from "./vehicle_summary.tsx";

export function RefuseDialog({ live, me, onClose }: { live: LiveLane; me: Me; onClose: () => void }) {
  const { t } = useTranslation("lanes");
  const { lane } = live;
  const { sessionId, decision: target, left } = useTarget(lane);
  const [reason, setReason] = useState("");
  const [remark, setRemark] = useState("");
  const order = useOrder(refuseVehicle);

  const remarkNeeded = reason === "OFFICER_OTHER";
  const gone = left || !takesRefusal(lane);
  const ready = reason !== "" && (!remarkNeeded || remark.trim() !== "");
  const fixed = order.phase !== "form";
  const shownPlate = target?.plate ? formatPlate(target.plate) : t("vehicle.unread");

  const submit = () => {
    if (!ready) return;
    order.send({
      lane_id: lane.lane_id,
      session_id: sessionId,
      reason_code: reason,
      remark: remark.trim().normalize("NFC"),
    });
  };

  return (
    <CommandDialog
      live={live}
      title={t("refuse.title", { lane: lane.title, plate: shownPlate })}
      submit={t("refuse.submit", { lane: lane.title })}
      gone={gone}
      ready={ready}
      phase={order.phase}
      onSubmit={submit}
      onClose={onClose}
      onKey={(event) => {
        const chosen = fixed ? undefined : reasonOfKey(event, refuseReasons);
        if (chosen) setReason(chosen);
      }}
    >
      {order.phase === "done" ? (
        <div role="status">
          <p>{t("refuse.done")}</p>
          {order.answer && <DecisionText decision={order.answer.decision} gateId={lane.gate_id} />}
        </div>
      ) : (
        <>
          {target && <VehicleSummary decision={target} lane={lane} me={me} />}
          <ReasonChoice reasons={refuseReasons} value={reason} onChange={setReason} disabled={fixed} />
          <RemarkField
            label={t(remarkNeeded ? "command.remarkNeeded" : "command.remark")}
            value={remark}
            onChange={setRemark}
            disabled={fixed}
          />
          <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />
        </>
      )}
    </CommandDialog>
  );
}
