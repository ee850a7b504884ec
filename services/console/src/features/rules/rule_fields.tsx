// The parts of a rule as fields.
import { Button, Checkbox, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { decimalSeparator } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { dayText } from "./rule_text.tsx";

const demands = ["cleared_required", "fee_required", "call_required", "permit_required"] as const;
const days = [1, 2, 3, 4, 5, 6, 7];

export function RuleFields() {
  const { t } = useTranslation("rules");
  const language = useLanguage();
  return (
    <>
      <fieldset className="rule-part">
        <legend>{t("edit.demands")}</legend>
        {demands.map((part) => (
          <Form.Item key={part} name={part} valuePropName="checked">
            <Checkbox>{t(`part.${part}`)}</Checkbox>
          </Form.Item>
        ))}
      </fieldset>
      <div className="field-grid">
        <Form.Item name="confidence_percent" label={t("part.confidence_percent")} extra={t("hint.confidence_percent")}>
          <InputNumber suffix="%" decimalSeparator={decimalSeparator[language]} controls={false} />
        </Form.Item>
        <Form.Item name="stay_max_h" label={t("part.stay_max_h")} extra={t("hint.stay_max_h")}>
          <InputNumber suffix={t("unit.hours")} precision={0} controls={false} />
        </Form.Item>
        <Form.Item
          name="weight_tolerance_kg"
          label={t("part.weight_tolerance_kg")}
          extra={t("hint.weight_tolerance_kg")}
        >
          <InputNumber suffix={t("unit.kg")} precision={0} controls={false} />
        </Form.Item>
      </div>
      <fieldset className="rule-part">
        <legend>{t("part.opening_hours")}</legend>
        <Form.List name="opening_hours">
          {(spans, { add, remove }) => (
            <>
              {spans.length === 0 && <p className="quiet">{t("hours.any")}</p>}
              {spans.map(({ key, name }) => (
                <div key={key} className="span-line">
                  <Form.Item name={[name, "open"]} label={t("hours.open")}>
                    <Input placeholder="07:00" />
                  </Form.Item>
                  <Form.Item name={[name, "close"]} label={t("hours.close")}>
                    <Input placeholder="20:00" />
                  </Form.Item>
                  <Form.Item name={[name, "weekdays"]} label={t("hours.days")} extra={t("hint.days")}>
                    <Checkbox.Group options={days.map((day) => ({ value: day, label: dayText(t, day) }))} />
                  </Form.Item>
                  <Button aria-label={t("hours.removeOf", { number: name + 1 })} onClick={() => remove(name)}>
                    {t("hours.remove")}
                  </Button>
                </div>
              ))}
              <Button onClick={() => add({ weekdays: [], open: "07:00", close: "20:00" })}>{t("hours.add")}</Button>
            </>
          )}
        </Form.List>
      </fieldset>
    </>
  );
}
