// Why something is as it is, in words, most important first.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { workflowsQuery } from "@/lib/requests/list_workflows.ts";
import { stepTitle } from "@/lib/steps.ts";
import { causeText } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Reason } from "@/lib/wire.ts";

export function CauseList({ causes, gateId, limit }: { causes: Reason[]; gateId: string; limit: number }) {
  const { t } = useTranslation("lanes");
  const language = useLanguage();
  const namesStep = causes.some((cause) => cause.params.step_id);
  const workflows = useQuery({ ...workflowsQuery(gateId), enabled: namesStep }).data;
  if (causes.length === 0) return null;
  const hidden = causes.length - limit;
  return (
    <ul className="reasons">
      {causes.slice(0, limit).map((cause) => (
        <CauseItem
          key={cause.code + JSON.stringify(cause.params)}
          text={causeText(cause, (id) => stepTitle(workflows, id, language))}
        />
      ))}
      {hidden > 0 && <li className="quiet">{t("reasons.more", { count: hidden })}</li>}
    </ul>
  );
}

// On the wall a long text is cut after two lines; the whole stands in the tool tip and on the lane's own page.
function CauseItem({ text }: { text: string }) {
  return (
    <li title={text}>
      <span className="cause">{text}</span>
    </li>
  );
}
