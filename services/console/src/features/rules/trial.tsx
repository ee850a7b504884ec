// What a rule would have changed: how many vehicles, from what to what, and the newest of them with both reasons.
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { CauseList } from "@/components/cause_list.tsx";
import { PlateText } from "@/components/plate.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatNumber } from "@/lib/format.ts";
import { textOfCode } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Reason, RuleTrial } from "@/lib/wire.ts";

type Example = RuleTrial["examples"][number];
const outcomeText = (outcome: string) => textOfCode("lanes", `outcome.${outcome}`, {}, outcome);

export function Trial({ trial, hours, gateId }: { trial: RuleTrial; hours: number; gateId: string }) {
  const { t } = useTranslation("rules");
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  return (
    <>
      <p>
        {t("trial.sum", { hours: number(hours), vehicles: number(trial.vehicle_count) })}{" "}
        <strong>
          {trial.otherwise_count === 0
            ? t("trial.none")
            : t("trial.otherwise", { number: number(trial.otherwise_count) })}
        </strong>{" "}
        {trial.unknown_count > 0 && t("trial.unknown", { number: number(trial.unknown_count) })}
      </p>
      {trial.changes.length > 0 && (
        <ul className="plain-list">
          {trial.changes.map((change) => (
            <li key={`${change.was} ${change.would}`}>
              {t("trial.change", {
                was: outcomeText(change.was),
                would: outcomeText(change.would),
                number: number(change.count),
              })}
            </li>
          ))}
        </ul>
      )}
      {trial.examples.length > 0 && (
        <Table<Example>
          rowKey="decision_id"
          dataSource={trial.examples}
          pagination={false}
          size="small"
          scroll={{ x: "max-content" }}
          title={() => t("trial.examples", { number: number(trial.examples.length) })}
          columns={[
            { title: t("column.time"), render: (row: Example) => <TimeText time={row.decide_time} /> },
            { title: t("column.lane"), dataIndex: "lane_id" },
            {
              title: t("column.plate"),
              render: (row: Example) => (row.plate ? <PlateText plate={row.plate} /> : t("plate.none")),
            },
            {
              title: t("column.was"),
              render: (row: Example) => <Verdict outcome={row.was} reasons={row.was_reasons} gateId={gateId} />,
            },
            {
              title: t("column.would"),
              render: (row: Example) => <Verdict outcome={row.would} reasons={row.would_reasons} gateId={gateId} />,
            },
          ]}
        />
      )}
    </>
  );
}

function Verdict(props: { outcome: string; reasons: Reason[]; gateId: string }) {
  return (
    <div className="two-lines">
      <strong>{outcomeText(props.outcome)}</strong>
      <CauseList causes={props.reasons} gateId={props.gateId} limit={3} />
    </div>
  );
}
