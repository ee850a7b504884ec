// The numbered reasons of a command: click, arrow keys or the number itself.
import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { textOfCode } from "@/lib/texts.ts";

export function ReasonChoice(props: {
  reasons: readonly string[];
  value: string;
  onChange: (code: string) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation("lanes");
  return (
    <fieldset className="reason-choice">
      <legend>{t("command.why", { count: props.reasons.length })}</legend>
      <Radio.Group
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        disabled={props.disabled}
      >
        {props.reasons.map((code, place) => (
          <Radio key={code} value={code}>
            <kbd>{place + 1}</kbd> {textOfCode("reasons", code)}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

// The reason that a pressed key stands for. Keys typed into a text field are text.
export function reasonOfKey(
  event: { key: string; target: EventTarget; ctrlKey: boolean; altKey: boolean; metaKey: boolean },
  reasons: readonly string[],
): string | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const target = event.target as HTMLElement;
  if (target instanceof HTMLTextAreaElement) return undefined;
  if (target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox") return undefined;
  return /^[1-9]$/.test(event.key) ? reasons[Number(event.key) - 1] : undefined;
}
