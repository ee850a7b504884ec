// What became of an order that was not simply accepted.
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/lib/problem.ts";
import { problemText } from "@/lib/texts.ts";
import { ProblemAlert } from "./problem_alert.tsx";

export function OrderProblem(props: { phase: string; problem: Problem | null; askAgain: () => void }) {
  const { t } = useTranslation();
  if (!props.problem) return null;
  if (props.phase !== "unknown") return <ProblemAlert error={props.problem} />;
  return (
    <Alert
      type="warning"
      role="alert"
      title={t("order.unknown")}
      description={`${t("order.unknownExplained")} ${problemText(props.problem)}`}
      action={<Button onClick={props.askAgain}>{t("order.askAgain")}</Button>}
    />
  );
}
