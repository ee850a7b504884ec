// Changes a rule: edit, try it on the vehicles of the last hours, save it with a reason. Only what was tried exactly as it
// stands can be saved. When another version comes into force meanwhile, that is said with what it changed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultList } from "@/components/fault_list.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { mayAt } from "@/lib/access.ts";
import { asProblem } from "@/lib/problem.ts";
import { useDialog } from "@/lib/use_dialog.ts";
import { useFaults } from "@/lib/use_faults.ts";
import type { CheckpointRule, Me } from "@/lib/wire.ts";
import { rulesQuery } from "./api/list_rules.ts";
import { tryRule } from "./api/try_rule.ts";
import { Conflict } from "./conflict.tsx";
import { RuleFields } from "./rule_fields.tsx";
import { bodyOf, differences, formOf, moved, placeOf, places, type RuleForm } from "./rule_form.ts";
import { Differences } from "./rule_text.tsx";
import { SaveDialog } from "./save_dialog.tsx";
import { Trial } from "./trial.tsx";

const spans = [24, 72, 168] as const;

export function RuleEditor(props: { inForce: CheckpointRule; me: Me; onSaved: () => void }) {
  const { t } = useTranslation("rules");
  const { inForce, me } = props;
  const client = useQueryClient();
  const gateId = placeOf(inForce.checkpoint_id).gateId;
  const [base, setBase] = useState(inForce);
  const [hours, setHours] = useState<number>(spans[0]);
  const [form] = Form.useForm<RuleForm>();
  const values: RuleForm = { ...formOf(base), ...Form.useWatch([], form) };
  const trial = useMutation({ mutationFn: (asked: { body: object; hours: number }) => tryRule(asked.body as never) });
  const faults = useFaults(form, trial.error ? asProblem(trial.error) : null, places);
  const save = useDialog<"save">();

  const body = bodyOf(inForce.checkpoint_id, values);
  const changed = differences(formOf(base), values);
  const tried = JSON.stringify(trial.variables?.body) === JSON.stringify(askedOf(body, hours));
  const mayPut = mayAt(me, "LaneService.PutCheckpointRule", gateId);
  const overtaken = inForce.version !== base.version;
  const moveTo = (values: RuleForm) => {
    setBase(inForce);
    form.setFieldsValue(values);
  };

  return (
    <section className="card rule-editor">
      <h2>{t(mayPut ? "edit.change" : "edit.tryOnly")}</h2>
      {overtaken && (
        <Conflict
          base={base}
          inForce={inForce}
          me={me}
          onKeep={() => moveTo(moved(formOf(base), values, formOf(inForce)))}
          onDrop={() => moveTo(formOf(inForce))}
        />
      )}
      <Form<RuleForm>
        form={form}
        name="rule"
        layout="vertical"
        requiredMark={false}
        initialValues={formOf(base)}
        onValuesChange={faults.onValuesChange}
        onFinish={() => trial.mutate({ body: askedOf(body, hours), hours })}
      >
        <FaultList faults={faults} form={form} labelOf={(name) => labelOf(t, name)} />
        <RuleFields />
        <div className="rule-try">
          <span>{t("trial.span")}</span>
          <Select
            aria-label={t("trial.span")}
            value={hours}
            onChange={setHours}
            options={spans.map((each) => ({ value: each, label: t(`span.${each}`) }))}
          />
          <Button htmlType="submit" type="primary" disabled={changed.length === 0} loading={trial.isPending}>
            {t("trial.button")}
          </Button>
          {changed.length === 0 && <span className="quiet">{t("edit.nothing")}</span>}
        </div>
      </Form>
      {changed.length > 0 && (
        <Differences
          of={changed}
          columns={[
            [t("origin.version", { version: base.version }), formOf(base)],
            [t("edit.yours"), values],
          ]}
        />
      )}
      <div aria-live="polite">
        {trial.error && faults.found === 0 && <ProblemAlert error={trial.error} />}
        {trial.data && (
          <div className="rule-trial">
            <h3>{t("trial.title")}</h3>
            {!tried && <p className="stale-note">▲ {t("trial.outdated")}</p>}
            <Trial trial={trial.data.rule_trial} hours={trial.variables?.hours ?? hours} gateId={gateId} />
          </div>
        )}
      </div>
      {mayPut && trial.data && tried && !overtaken && changed.length > 0 && (
        <Button type="primary" onClick={() => save.ask("save")}>
          {t("save.button", { version: base.version + 1 })}
        </Button>
      )}
      {save.asked && (
        <SaveDialog
          body={{ ...body, base_version: base.version }}
          changes={
            <Differences
              of={changed}
              columns={[
                [t("edit.was"), formOf(base)],
                [t("edit.yours"), values],
              ]}
            />
          }
          onRefused={() => void client.invalidateQueries({ queryKey: rulesQuery.queryKey })}
          onSaved={() => {
            void client.invalidateQueries({ queryKey: rulesQuery.queryKey });
            props.onSaved();
          }}
          onClose={save.close}
        />
      )}
    </section>
  );
}

function askedOf(body: object, hours: number): object {
  return { ...body, hours };
}

// The name of a field in the list of faults; a span of the opening hours has its number.
function labelOf(t: ReturnType<typeof useTranslation<"rules">>["t"], name: (string | number)[]): string {
  const [part, place, field] = name;
  if (part !== "opening_hours" || place === undefined) return t(`part.${part}` as "part.stay_max_h");
  return `${t("part.opening_hours")} ${Number(place) + 1}: ${t(`hours.${field}` as "hours.open")}`;
}
