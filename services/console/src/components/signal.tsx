// The three signs of the console. Each has its own colour, shape and word; what is well has none of them.
import { useTranslation } from "react-i18next";

export type Signal = "urgent" | "attention" | "progress" | "rest";

const shapes: Record<Exclude<Signal, "rest">, string> = { urgent: "◆", attention: "▲", progress: "●" };

export function SignalMark({ signal, label }: { signal: Signal; label?: string }) {
  const { t } = useTranslation();
  if (signal === "rest") return label ? <span className="signal signal-rest">{label}</span> : null;
  return (
    <span className={`signal signal-${signal}`}>
      <span aria-hidden="true">{shapes[signal]}</span> {label ?? t(`signal.${signal}`)}
    </span>
  );
}
