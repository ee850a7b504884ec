// Opens a barrier by hand.
import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderProblem } from "@/components/order_problem.tsx";
import { RemarkField } from "@/components/remark_field.tsx";
import { formatPlate } from "@/lib/plate.ts";
import { useOrder } from "@/lib/use_order.ts";
import type { Me } from "@/lib/wire.ts";
import { openBarrier, openReasons } from "./api/open_barrier.ts";
import { CommandDialog } from "./command_dialog.tsx";
import type { LiveLane } from "./lane_store.ts";
import { isWatchListed, takesOpening } from "./lane_view.ts";
import { OpeningProgress } from "./opening_progress.tsx";
import { ReasonChoice, reasonOfKey } from "./reason_choice.tsx";
import { useTarget } from "./use_target.ts";
import { VehicleSummary } from "./vehicle_summary.tsx";

export function OpenDialog({ live, me, onClose }: { live: LiveLane; me: Me; onClose: () => void }) {
  const { t } = useTranslation("lanes");
  const { lane } = live;
  const { sessionId, decision: target, left } = useTarget(lane);
  const [reason, setReason] = useState("");
  const [plate, setPlate] = useState("");
  const [remark, setRemark] = useState("");
  const [acknowledged, setAcknowledged] = useState(false);
  const order = useOrder(openBarrier);

  const plateNeeded = !target?.plate;
  const remarkNeeded = reason === "OFFICER_OTHER";
  const watched = isWatchListed(target) || order.problem?.reason === "WATCH_LISTED";
  const gone = left || !takesOpening(lane);
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
      title={t("open.title", { lane: lane.title, plate: shownPlate })}
      submit={t("open.submit", { lane: lane.title })}
      gone={gone}
      ready={ready}
      phase={order.phase}
      onSubmit={submit}
      onClose={onClose}
      onKey={(event) => {
        const chosen = fixed ? undefined : reasonOfKey(event, openReasons);
        if (chosen) setReason(chosen);
      }}
    >
      {order.phase === "done" ? (
        <OpeningProgress live={live} acceptedAt={order.doneAt} />
      ) : (
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
          <ReasonChoice reasons={openReasons} value={reason} onChange={setReason} disabled={fixed} />
          <label className="field">
            {t(plateNeeded ? "open.plateNeeded" : "open.plateOther")}
            <Input value={plate} maxLength={20} disabled={fixed} onChange={(event) => setPlate(event.target.value)} />
          </label>
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
