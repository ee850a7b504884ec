// The agencies' steps, in the order of the workflow, with what the signed-in person may do.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SignalMark } from "@/components/signal.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { useFocusReturn } from "@/lib/focus_return.ts";
import type { TripStep } from "@/lib/steps.ts";
import { roleText } from "@/lib/texts.ts";
import type { Me, Trip } from "@/lib/wire.ts";
import type { StepAct } from "./api/act_on_step.ts";
import { StepDialog } from "./step_dialog.tsx";
import { actsOn } from "./trip_view.ts";

export function Steps({ trip, steps, me }: { trip: Trip; steps: TripStep[]; me: Me }) {
  const { t } = useTranslation("trips");
  const [asked, setAsked] = useState<{ step: TripStep; act: StepAct } | null>(null);
  const focus = useFocusReturn();
  const ask = (step: TripStep, act: StepAct) => {
    focus.remember();
    setAsked({ step, act });
  };
  const close = () => {
    setAsked(null);
    focus.giveBack(() => document.getElementById(`step-${asked?.step.step_id}`));
  };
  return (
    <section className="card">
      <h2>{t("steps.title")}</h2>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.step_id} data-state={step.state} data-mine={step.mine}>
            <div className="step-head">
              <strong id={`step-${step.step_id}`} tabIndex={-1} className="focus-target">
                {step.title}
              </strong>
              <StepState step={step} />
            </div>
            <p className="quiet">
              {[roleText(step.role), step.acted_by_name].filter((each) => each && each !== step.title).join(" · ")}
              {step.acted_by_name && (
                <>
                  {" · "}
                  <TimeText time={step.act_time} />
                </>
              )}
            </p>
            {step.state === "STATE_BLOCKED" && (
              <p className="quiet">{t("steps.waitsFor", { steps: titlesOf(step.after_step_ids, steps) })}</p>
            )}
            {step.remark && <p className="step-remark">{step.remark}</p>}
            <div className="step-actions">
              {actsOn(trip, step, me).map((act) => (
                <Button
                  key={act}
                  type={act === "confirm" ? "primary" : "default"}
                  aria-label={t(`act.${act}.of`, { step: step.title })}
                  onClick={() => ask(step, act)}
                >
                  {t(`act.${act}.button`)}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ol>
      {asked && <StepDialog trip={trip} step={asked.step} act={asked.act} onClose={close} />}
    </section>
  );
}

export function StepState({ step }: { step: TripStep }) {
  const { t } = useTranslation("trips");
  const label = t(`step.${step.state}`);
  if (step.state === "STATE_HELD") return <SignalMark signal="attention" label={label} />;
  if (step.state === "STATE_OPEN" && step.mine) return <SignalMark signal="attention" label={t("step.yours")} />;
  return <span className="signal signal-rest">{label}</span>;
}

function titlesOf(ids: string[], steps: TripStep[]): string {
  return ids.map((id) => steps.find((step) => step.step_id === id)?.title ?? id).join(", ");
}
