// Saves a rule as a new version, with the reason that goes into the record.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { OrderDialog } from "@/components/order_dialog.tsx";
import type { PutCheckpointRuleBody } from "@/lib/wire.ts";
import { putRule } from "./api/put_rule.ts";
import { checkpointText } from "./rule_text.tsx";

export function SaveDialog(props: {
  body: Omit<Required<PutCheckpointRuleBody>, "reason" | "request_id">;
  changes: ReactNode;
  onRefused: () => void;
  onSaved: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("rules");
  const { body } = props;
  return (
    <OrderDialog
      title={t("save.title", { version: body.base_version + 1, checkpoint: checkpointText(body.checkpoint_id) })}
      submit={t("save.submit")}
      words={{ label: t("save.reason"), needed: true }}
      act={async (reason, key) => {
        try {
          return await putRule({ ...body, reason }, key);
        } catch (problem) {
          props.onRefused();
          throw problem;
        }
      }}
      onDone={props.onSaved}
      onClose={props.onClose}
    >
      {props.changes}
      <p>{t("save.effect")}</p>
    </OrderDialog>
  );
}
