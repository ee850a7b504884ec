// What was decided and why, in words.
import { useTranslation } from "react-i18next";
import { CauseList } from "@/components/cause_list.tsx";
import type { Decision } from "@/lib/wire.ts";

export function DecisionText(props: { decision: Decision; gateId: string; limit?: number }) {
  const { t } = useTranslation("lanes");
  const { decision } = props;
  return (
    <div className="decision">
      <p className="outcome">
        {t(`outcome.${decision.outcome}`)}
        {decision.decided_by_name && <span className="quiet"> · {decision.decided_by_name}</span>}
      </p>
      <CauseList causes={decision.reasons} gateId={props.gateId} limit={props.limit ?? 10} />
      {decision.remark && <p className="quiet">{t("remark.quoted", { remark: decision.remark })}</p>}
    </div>
  );
}
