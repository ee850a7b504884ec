// A rule in words: each of its parts, who made it and why, and what two versions differ in.
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatNumber } from "@/lib/format.ts";
import { directionText, gateText } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { CheckpointRule, Me } from "@/lib/wire.ts";
import { formOf, type Part, parts, placeOf, type RuleForm, type SpanForm } from "./rule_form.ts";

export function checkpointText(checkpointId: string): string {
  const { gateId, direction } = placeOf(checkpointId);
  return direction === "DIRECTION_UNSPECIFIED" ? gateId : `${gateText(gateId)} · ${directionText(direction)}`;
}

export function usePartText(): (form: RuleForm, part: Part) => string {
  const { t } = useTranslation("rules");
  const language = useLanguage();
  const hours = (span: SpanForm) => {
    const days = span.weekdays.length === 0 ? t("day.every") : span.weekdays.map((day) => dayText(t, day)).join(", ");
    return t("hours.span", { days, open: span.open, close: span.close });
  };
  return (form, part) => {
    switch (part) {
      case "confidence_percent":
        return `${formatNumber(form.confidence_percent ?? 0, language, (form.confidence_percent ?? 0) % 1 === 0 ? 0 : 1)} %`;
      case "stay_max_h":
        return form.stay_max_h ? t("stay.hours", { hours: formatNumber(form.stay_max_h, language) }) : t("stay.any");
      case "weight_tolerance_kg":
        return form.weight_tolerance_kg
          ? t("weight.most", { kg: formatNumber(form.weight_tolerance_kg, language) })
          : t("weight.none");
      case "opening_hours":
        return form.opening_hours.length === 0 ? t("hours.any") : form.opening_hours.map(hours).join("; ");
      default:
        return t(form[part] ? "demand.yes" : "demand.no");
    }
  };
}

export function dayText(t: ReturnType<typeof useTranslation<"rules">>["t"], day: number): string {
  return t(`day.${day}` as "day.1");
}

export function RuleFacts({ rule }: { rule: CheckpointRule }) {
  const { t } = useTranslation("rules");
  const textOf = usePartText();
  const form = formOf(rule);
  return (
    <Facts
      columns={2}
      items={parts.map((part) => ({ key: part, label: t(`part.${part}`), children: textOf(form, part) }))}
    />
  );
}

// Who "makes" the first version of a rule: the lane itself, from its configuration. Its reason is no person's.
const firstAuthor = "service:lane";
const isFirst = (rule: CheckpointRule) => rule.author === firstAuthor;

// Which version it is, since when, by whom and why.
export function RuleOrigin({ rule, me }: { rule: CheckpointRule; me: Me }) {
  const { t } = useTranslation("rules");
  return (
    <p className="quiet rule-origin">
      {t("origin.version", { version: rule.version })} · {t("origin.since")} <TimeText time={rule.create_time} /> ·{" "}
      {authorText(t, rule.author, me)}
      {!isFirst(rule) && <> · {t("origin.reason", { reason: rule.reason })}</>}
    </p>
  );
}

export function authorText(t: ReturnType<typeof useTranslation<"rules">>["t"], author: string, me: Me): string {
  if (author === firstAuthor) return t("origin.start");
  return t("origin.author", { author: author === me.subject_id ? me.display_name : author });
}

// The parts that differ, side by side.
export function Differences(props: { of: Part[]; columns: [title: string, form: RuleForm][] }) {
  const { t } = useTranslation("rules");
  const textOf = usePartText();
  return (
    <table className="quiet-table">
      <thead>
        <tr>
          <th scope="col">{t("part")}</th>
          {props.columns.map(([title]) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.of.map((part) => (
          <tr key={part}>
            <th scope="row">{t(`part.${part}`)}</th>
            {props.columns.map(([title, form]) => (
              <td key={title}>{textOf(form, part)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
