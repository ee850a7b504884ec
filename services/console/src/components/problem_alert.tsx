// What went wrong, in words, with the request's number for whoever is asked for help.
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/problem.ts";
import { problemText, textOfCode } from "@/lib/texts.ts";

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  return (
    <Alert
      type="error"
      role="alert"
      title={problemText(problem)}
      description={
        <>
          {problem.fields.length > 0 && (
            <ul className="plain-list">
              {problem.fields.map((field) => (
                <li key={field.pointer + field.reason}>
                  <code>{field.pointer}</code> {textOfCode("reasons", field.reason, {}, field.detail || field.reason)}
                </li>
              ))}
            </ul>
          )}
          <span className="quiet">
            {problem.reason}
            {problem.requestId && ` · ${t("problem.request")} ${problem.requestId}`}
          </span>
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t("action.retry")}</Button>}
    />
  );
}
