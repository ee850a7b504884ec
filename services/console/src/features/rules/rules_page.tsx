// The rules in force at each gate: what is demanded there of a vehicle, since when, by whom and why.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { Page } from "@/components/page.tsx";
import { mayAt } from "@/lib/access.ts";
import { usePaged } from "@/lib/paged.ts";
import type { Me } from "@/lib/wire.ts";
import { rulesQuery } from "./api/list_rules.ts";
import { placeOf } from "./rule_form.ts";
import { checkpointText, RuleFacts, RuleOrigin } from "./rule_text.tsx";
import "./rules.css";

export function RulesPage({ me }: { me: Me }) {
  const { t } = useTranslation("rules");
  const rules = usePaged(rulesQuery);
  return (
    <Page title={t("list.title")} purpose={t("list.purpose")}>
      <ListFrame list={rules} count={rules.rows.length} empty={t("list.empty")}>
        {!rules.loaded && <p role="status">{t("loading")}</p>}
        {rules.rows.map((rule) => {
          const { gateId } = placeOf(rule.checkpoint_id);
          const act = mayAt(me, "LaneService.PutCheckpointRule", gateId)
            ? "change"
            : mayAt(me, "LaneService.TryCheckpointRule", gateId)
              ? "try"
              : null;
          return (
            <section key={rule.checkpoint_id} className="card" aria-labelledby={`rule-${rule.checkpoint_id}`}>
              <div className="rule-head">
                <h2 id={`rule-${rule.checkpoint_id}`}>{checkpointText(rule.checkpoint_id)}</h2>
                {act && (
                  <Link
                    to="/rules/$checkpointId"
                    params={{ checkpointId: rule.checkpoint_id }}
                    aria-label={t(`${act}.of`, { checkpoint: checkpointText(rule.checkpoint_id) })}
                  >
                    {t(`${act}.link`)}
                  </Link>
                )}
              </div>
              <RuleOrigin rule={rule} me={me} />
              <RuleFacts rule={rule} />
            </section>
          );
        })}
      </ListFrame>
    </Page>
  );
}
