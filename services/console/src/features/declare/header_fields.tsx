// Where, when and under which papers the truck goes; and what quarantine needs to know.
import { Checkbox, Form, type FormInstance, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { directionText, gateText, textOfCode } from "@/lib/texts.ts";
import type { Direction, Regime } from "@/lib/wire.ts";
import { type DeclareForm, regimeFor } from "./declare_form.ts";

const directions: Direction[] = ["DIRECTION_EXPORT", "DIRECTION_IMPORT"];
const regimes: Regime[] = [
  "REGIME_EXPORT",
  "REGIME_IMPORT",
  "REGIME_TEMPORARY_IMPORT",
  "REGIME_TEMPORARY_EXPORT",
  "REGIME_TRANSSHIPMENT",
  "REGIME_TRANSIT",
];

export function RouteFields({ gates, form }: { gates: string[]; form: FormInstance<DeclareForm> }) {
  const { t } = useTranslation("declare");
  return (
    <fieldset className="card">
      <legend>{t("part.route")}</legend>
      <div className="field-grid">
        <Form.Item name="gate_id" label={t("field.gate_id")}>
          <Select options={gates.map((gate) => ({ value: gate, label: gateText(gate) }))} />
        </Form.Item>
        <Form.Item name="direction" label={t("field.direction")}>
          <Radio.Group
            aria-label={t("field.direction")}
            options={directions.map((each) => ({ value: each, label: directionText(each) }))}
            onChange={(event) =>
              form.setFieldValue("regime", regimeFor(event.target.value as Direction, form.getFieldValue("regime")))
            }
          />
        </Form.Item>
        <Form.Item name="regime" label={t("field.regime")}>
          <Select options={regimes.map((each) => ({ value: each, label: textOfCode("trips", `regime.${each}`) }))} />
        </Form.Item>
        <Form.Item name="route" label={t("field.route")}>
          <Input placeholder="1119-1120" />
        </Form.Item>
        <Form.Item name="arrival" label={t("field.arrival")} extra={t("hint.arrival")}>
          <Input />
        </Form.Item>
        <Form.Item name="contact_phone" label={t("field.contact_phone")}>
          <Input placeholder="+84912345678" inputMode="tel" autoComplete="tel" />
        </Form.Item>
        <Form.Item name="declaration_number" label={t("field.declaration_number")} extra={t("hint.number")}>
          <Input inputMode="numeric" />
        </Form.Item>
        <Form.Item name="declaration_kind" label={t("field.declaration_kind")}>
          <Input placeholder="B11" />
        </Form.Item>
      </div>
    </fieldset>
  );
}

export function QuarantineFields() {
  const { t } = useTranslation("declare");
  return (
    <fieldset className="card">
      <legend>{t("part.quarantine")}</legend>
      <div className="field-grid">
        <Form.Item name="growing_area_code" label={t("field.growing_area_code")}>
          <Input />
        </Form.Item>
        <Form.Item name="packing_house_code" label={t("field.packing_house_code")}>
          <Input />
        </Form.Item>
        <Form.Item name="certificate_number" label={t("field.certificate_number")}>
          <Input />
        </Form.Item>
        <Form.Item name="temperature" label={t("field.temperature")} extra={t("hint.temperature")}>
          <InputNumber min={0} max={60} step={0.1} precision={1} decimalSeparator="," controls={false} />
        </Form.Item>
        <Form.Item name="health_declared" valuePropName="checked" className="field-wide">
          <Checkbox>{t("field.health_declared")}</Checkbox>
        </Form.Item>
      </div>
    </fieldset>
  );
}
