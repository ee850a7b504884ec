// One checkpoint's rule: the one in force, and, for those who may, changing it.
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { Page } from "@/components/page.tsx";
import { mayAt } from "@/lib/access.ts";
import { usePaged } from "@/lib/paged.ts";
import type { Me } from "@/lib/wire.ts";
import { rulesQuery } from "./api/list_rules.ts";
import { RuleEditor } from "./rule_editor.tsx";
import { placeOf } from "./rule_form.ts";
import { checkpointText, RuleFacts, RuleOrigin } from "./rule_text.tsx";
import "./rules.css";

export function RulePage(props: { me: Me; checkpointId: string; onSaved: () => void }) {
  const { t } = useTranslation("rules");
  const { me, checkpointId } = props;
  const rules = usePaged(rulesQuery);
  const rule = rules.rows.find((each) => each.checkpoint_id === checkpointId);
  const mayTry = mayAt(me, "LaneService.TryCheckpointRule", placeOf(checkpointId).gateId);
  return (
    <Page title={t("edit.title", { checkpoint: checkpointText(checkpointId) })} purpose={t("edit.purpose")}>
      <ListFrame list={{ ...rules, more: null }} count={rule ? 1 : 0} empty={t("edit.notFound")}>
        {!rules.loaded && <p role="status">{t("loading")}</p>}
        {rule && (
          <section className="card">
            <h2>{t("edit.inForce")}</h2>
            <RuleOrigin rule={rule} me={me} />
            <RuleFacts rule={rule} />
          </section>
        )}
        {rule && mayTry && <RuleEditor key={checkpointId} inForce={rule} me={me} onSaved={props.onSaved} />}
      </ListFrame>
    </Page>
  );
}
