// The number of a vehicle's transponder, with where it is found.
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

export function TagField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="tag_id" label={t("tag.field")} extra={t("tag.hint")}>
      <Input placeholder="E2801160600002054A8B1C2D" autoCapitalize="characters" autoComplete="off" spellCheck={false} />
    </Form.Item>
  );
}
