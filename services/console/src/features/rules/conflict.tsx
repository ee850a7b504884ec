// Another version came into force while this one was being edited: who made it, why, what it changed, and what now.
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { CheckpointRule, Me } from "@/lib/wire.ts";
import { differences, formOf } from "./rule_form.ts";
import { Differences, RuleOrigin } from "./rule_text.tsx";

export function Conflict(props: {
  base: CheckpointRule;
  inForce: CheckpointRule;
  me: Me;
  onKeep: () => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation("rules");
  const [was, is] = [formOf(props.base), formOf(props.inForce)];
  const changed = differences(was, is);
  return (
    <Alert
      type="warning"
      role="alert"
      title={t("conflict.title", { version: props.inForce.version })}
      description={
        <>
          <RuleOrigin rule={props.inForce} me={props.me} />
          {changed.length === 0 && <p>{t("conflict.same")}</p>}
          {changed.length > 0 && (
            <Differences
              of={changed}
              columns={[
                [t("origin.version", { version: props.base.version }), was],
                [t("origin.version", { version: props.inForce.version }), is],
              ]}
            />
          )}
          <p className="rule-try">
            <Button onClick={props.onKeep}>{t("conflict.keep", { version: props.inForce.version })}</Button>
            <Button onClick={props.onDrop}>{t("conflict.drop")}</Button>
          </p>
        </>
      }
    />
  );
}
