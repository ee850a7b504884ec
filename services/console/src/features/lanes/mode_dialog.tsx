// Sets how much a lane does by itself.

import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CauseList } from "@/components/cause_list.tsx";
import { OrderProblem } from "@/components/order_problem.tsx";
import { RemarkField } from "@/components/remark_field.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { useOrder } from "@/lib/use_order.ts";
import { setLaneMode, settableModes } from "./api/set_lane_mode.ts";
import { CommandDialog } from "./command_dialog.tsx";
import type { LiveLane } from "./lane_store.ts";

type SettableMode = (typeof settableModes)[number];

export function ModeDialog({ live, onClose }: { live: LiveLane; onClose: () => void }) {
  const { t } = useTranslation("lanes");
  const { lane } = live;
  const [mode, setMode] = useState<SettableMode | "">("");
  const [reason, setReason] = useState("");
  const order = useOrder(({ mode, reason }: { mode: SettableMode; reason: string }, key: string) =>
    setLaneMode(lane.lane_id, mode, reason, key),
  );
  const fixed = order.phase !== "form";
  const ready = mode !== "" && reason.trim().length >= 3;

  return (
    <CommandDialog
      live={live}
      title={t("mode.title", { lane: lane.title })}
      submit={t("mode.submit", { lane: lane.title })}
      gone={false}
      ready={ready}
      phase={order.phase}
      onSubmit={() => mode !== "" && ready && order.send({ mode, reason: reason.trim().normalize("NFC") })}
      onClose={onClose}
    >
      {order.phase === "done" && order.answer ? (
        <p role="status">{t("mode.done", { mode: t(`mode.${order.answer.lane.mode}`) })}</p>
      ) : (
        <>
          <p>
            {t("mode.now", { mode: t(`mode.${lane.mode}`) })} <TimeText time={lane.mode_time} />
          </p>
          <CauseList causes={lane.mode_reasons} gateId={lane.gate_id} limit={5} />
          <fieldset className="reason-choice">
            <legend>{t("mode.choose")}</legend>
            <Radio.Group value={mode} disabled={fixed} onChange={(event) => setMode(event.target.value)}>
              {settableModes.map((each) => (
                <Radio key={each} value={each} disabled={each === lane.mode}>
                  <strong>{t(`mode.${each}`)}</strong> <span className="quiet">{t(`mode.explain.${each}`)}</span>
                </Radio>
              ))}
            </Radio.Group>
          </fieldset>
          <RemarkField label={t("mode.why")} value={reason} onChange={setReason} disabled={fixed} />
          <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />
        </>
      )}
    </CommandDialog>
  );
}
