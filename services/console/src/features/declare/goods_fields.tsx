// The goods, line by line.
import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { emptyGoods } from "./declare_form.ts";

const linesMax = 50;
const packages = ["CT", "BG", "CR", "PX", "BX", "DR"] as const;

export function GoodsFields() {
  const { t } = useTranslation("declare");
  const isEmpty = Form.useWatch("empty") === true;
  return (
    <fieldset className="card">
      <legend>{t("part.goods")}</legend>
      <Form.Item name="empty" valuePropName="checked">
        <Checkbox>{t("field.empty")}</Checkbox>
      </Form.Item>
      {!isEmpty && <GoodsLines />}
    </fieldset>
  );
}

function GoodsLines() {
  const { t } = useTranslation("declare");
  return (
    <Form.List name="goods">
      {(lines, { add, remove }, { errors }) => (
        <>
          {lines.map((line, place) => (
            <GoodsLine key={line.key} place={place} onRemove={lines.length > 1 ? () => remove(line.name) : undefined} />
          ))}
          <Form.ErrorList errors={errors} />
          {lines.length < linesMax && <Button onClick={() => add(emptyGoods)}>{t("goods.add")}</Button>}
        </>
      )}
    </Form.List>
  );
}

function GoodsLine({ place, onRemove }: { place: number; onRemove?: () => void }) {
  const { t } = useTranslation("declare");
  const language = useLanguage();
  const grouped = {
    controls: false,
    min: 0,
    formatter: (value: number | undefined) => (value === undefined ? "" : groupedText(String(value), language)),
    parser: (text: string | undefined) => plainNumber(text ?? "", language),
  } as const;
  return (
    <section className="goods-line" aria-label={t("goods.line", { line: place + 1 })}>
      <div className="goods-line-head">
        <h3>{t("goods.line", { line: place + 1 })}</h3>
        {onRemove && (
          <Button size="small" onClick={onRemove} aria-label={t("goods.removeLine", { line: place + 1 })}>
            {t("goods.remove")}
          </Button>
        )}
      </div>
      <div className="field-grid goods-grid">
        <Form.Item name={[place, "hs_code"]} label={t("field.hs_code")}>
          <Input placeholder="08106000" inputMode="numeric" />
        </Form.Item>
        <Form.Item name={[place, "description"]} label={t("field.description")} className="field-double">
          <Input />
        </Form.Item>
        <Form.Item name={[place, "package_count"]} label={t("field.package_count")}>
          <InputNumber {...grouped} precision={0} />
        </Form.Item>
        <Form.Item name={[place, "package_kind"]} label={t("field.package_kind")}>
          <AutoComplete
            options={packages.map((each) => ({ value: each, label: `${each} · ${t(`package.${each}`)}` }))}
          />
        </Form.Item>
        <Form.Item name={[place, "gross_mass_kg"]} label={t("field.gross_mass_kg")}>
          <InputNumber {...grouped} precision={0} />
        </Form.Item>
        <Form.Item name={[place, "net_mass_kg"]} label={t("field.net_mass_kg")}>
          <InputNumber {...grouped} precision={0} />
        </Form.Item>
        <Form.Item name={[place, "value"]} label={t("field.value")}>
          <InputNumber {...grouped} />
        </Form.Item>
        <Form.Item name={[place, "currency_code"]} label={t("field.currency_code")}>
          <Select options={["VND", "CNY", "USD"].map((each) => ({ value: each, label: each }))} />
        </Form.Item>
        <Form.Item name={[place, "origin_country_code"]} label={t("field.origin_country_code")}>
          <Input maxLength={2} placeholder="VN" />
        </Form.Item>
      </div>
    </section>
  );
}

// 1234567.5 → vi 1.234.567,5
function groupedText(value: string, language: Parameters<typeof formatNumber>[1]): string {
  const [whole = "", part] = value.split(".");
  if (!/^\d+$/.test(whole)) return value;
  const head = formatNumber(BigInt(whole), language);
  return part === undefined ? head : `${head}${language === "vi" ? "," : "."}${part}`;
}

function plainNumber(text: string, language: Parameters<typeof formatNumber>[1]): number {
  const plain = language === "vi" ? text.replace(/[.\s]/g, "").replace(",", ".") : text.replace(/[,\s]/g, "");
  return plain === "" ? Number.NaN : Number(plain);
}
