// An officer's decision on the vehicle in a lane: opens the barrier or refuses the vehicle, with a reason.
import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderProblem } from "@/components/order_problem.tsx";
import { RemarkField } from "@/components/remark_field.tsx";
import { formatPlate } from "@/lib/plate.ts";
import { useOrder } from "@/lib/use_order.ts";
import type { Me } from "@/lib/wire.ts";
import { type OpenBarrier, openBarrier, openReasons } from "./api/open_barrier.ts";
import { refuseReasons, refuseVehicle } from "./api/refuse_vehicle.ts";
import { CommandDialog } from "./command_dialog.tsx";
import { DecisionText } from "./decision_text.tsx";
import type { LiveLane } from "./lane_store.ts";
import { isWatchListed, takesOpening, takesRefusal } from "./lane_view.ts";
import { OpeningProgress } from "./opening_progress.tsx";
import { ReasonChoice, reasonOfKey } from "./reason_choice.tsx";
import { useTarget } from "./use_target.ts";
import { VehicleSummary } from "./vehicle_summary.tsx";

// What the two decisions differ in. A refusal needs no plate and no word on the watch list.
const acts = {
  open: { send: openBarrier, reasons: openReasons, takes: takesOpening },
  refuse: {
    send: ({ plate: _, watch_list_acknowledged: __, ...order }: OpenBarrier, key: string) => refuseVehicle(order, key),
    reasons: refuseReasons,
    takes: takesRefusal,
  },
} as const;

export function VehicleDialog(props: { act: keyof typeof acts; live: LiveLane; me: Me; onClose: () => void }) {
  const { t } = useTranslation("lanes");
  const { act, live, me } = props;
  const { lane } = live;
  const { send, reasons, takes } = acts[act];
  const { sessionId, decision: target, left } = useTarget(lane);
  const [reason, setReason] = useState("");
  const [plate, setPlate] = useState("");
  const [remark, setRemark] = useState("");
  const [acknowledged, setAcknowledged] = useState(false);
  const order = useOrder(send);

  const opening = act === "open";
  const plateNeeded = opening && !target?.plate;
  const remarkNeeded = reason === "OFFICER_OTHER";
  const watched = opening && (isWatchListed(target) || order.problem?.reason === "WATCH_LISTED");
  const ready =
    reason !== "" &&
    (!plateNeeded || plate.trim() !== "") &&
    (!remarkNeeded || remark.trim() !== "") &&
    (!watched || acknowledged);
  const fixed = order.phase !== "form";
  const shownPlate = target?.plate ? formatPlate(target.plate) : t("vehicle.unread");

  const submit = () => {
    if (!ready) return;
    order.send({
      lane_id: lane.lane_id,
      session_id: sessionId,
      reason_code: reason,
      plate: plate.trim().normalize("NFC"),
      remark: remark.trim().normalize("NFC"),
      watch_list_acknowledged: watched && acknowledged,
    });
  };

  return (
    <CommandDialog
      live={live}
      title={t(`${act}.title`, { lane: lane.title, plate: shownPlate })}
      submit={t(`${act}.submit`, { lane: lane.title })}
      gone={left || !takes(lane)}
      ready={ready}
      phase={order.phase}
      onSubmit={submit}
      onClose={props.onClose}
      onKey={(event) => {
        const chosen = fixed ? undefined : reasonOfKey(event, reasons);
        if (chosen) setReason(chosen);
      }}
    >
      {order.phase === "done" && opening && <OpeningProgress live={live} acceptedAt={order.doneAt} />}
      {order.phase === "done" && !opening && (
        <div role="status">
          <p>{t("refuse.done")}</p>
          {order.answer && <DecisionText decision={order.answer.decision} gateId={lane.gate_id} />}
        </div>
      )}
      {order.phase !== "done" && (
        <>
          {target && <VehicleSummary decision={target} lane={lane} me={me} />}
          {watched && (
            <div className="watch-warning">
              <p>
                <strong>◆ {t("watch.title")}</strong> {t("watch.text")}
              </p>
              <Checkbox
                checked={acknowledged}
                disabled={fixed}
                onChange={(event) => setAcknowledged(event.target.checked)}
              >
                {t("watch.acknowledge")}
              </Checkbox>
            </div>
          )}
          <ReasonChoice reasons={reasons} value={reason} onChange={setReason} disabled={fixed} />
          {opening && (
            <label className="field">
              {t(plateNeeded ? "open.plateNeeded" : "open.plateOther")}
              <Input value={plate} maxLength={20} disabled={fixed} onChange={(event) => setPlate(event.target.value)} />
            </label>
          )}
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
