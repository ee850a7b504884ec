// The published rule by which the gate calls trucks, in the words of the public board.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatWait } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { HoldingPlan } from "@/lib/wire.ts";
import { holdingPlanQuery } from "./api/holding_plan.ts";

export function PublishedRule({ gate }: { gate: string }) {
  const { t } = useTranslation("yard");
  const plan = useQuery(holdingPlanQuery(gate));
  return (
    <section className="card" aria-labelledby="yard-rule">
      <h2 id="yard-rule">{t("rule.title")}</h2>
      {plan.isError && <ProblemAlert error={plan.error} onRetry={() => plan.refetch()} />}
      {plan.data === null && <p>{t("rule.none")}</p>}
      {plan.data && <PlanText plan={plan.data} />}
    </section>
  );
}

function PlanText({ plan }: { plan: HoldingPlan }) {
  const { t } = useTranslation("yard");
  const { t: board } = useTranslation("board");
  const language = useLanguage();
  return (
    <>
      <p>
        {board("rule", {
          version: plan.version,
          max: plan.called_max,
          perishable: plan.perishable_of_ten,
          valid: formatWait(plan.call_valid_s * 1000, language),
        })}{" "}
        {plan.cleared_only && board("ruleCleared")} {plan.fee_settled_only && board("ruleFee")}
      </p>
      <p className="quiet">
        {plan.create_time && (
          <>
            {t("rule.since")} <TimeText time={plan.create_time} /> ·{" "}
          </>
        )}
        {t("rule.reason", { reason: plan.reason })}
      </p>
    </>
  );
}
