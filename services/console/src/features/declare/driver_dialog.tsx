// Registers a driver of the enterprise.
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { formatDate, parseGateTime } from "@/lib/format.ts";
import type { Driver, RegisterDriverBody } from "@/lib/wire.ts";
import { registerDriver } from "./api/register_driver.ts";

const documents = ["DOCUMENT_KIND_PASSPORT", "DOCUMENT_KIND_BORDER_PASS", "DOCUMENT_KIND_IDENTITY_CARD"] as const;

export function DriverDialog(props: { onClose: () => void; onRegistered: (driver: Driver) => void }) {
  const { t } = useTranslation("declare");
  return (
    <FormDialog<RegisterDriverBody, { driver: Driver }>
      name="driver"
      title={t("driver.title")}
      submit={t("register.submit")}
      start={{ nationality_code: "VN", document_kind: "DOCUMENT_KIND_PASSPORT" }}
      act={(body, key) => registerDriver({ ...body, document_expire_date: isoDate(body.document_expire_date) }, key)}
      ofReason={{ DOCUMENT_TAKEN: "document_number" }}
      labelOf={(field) => t(`driverField.${field}` as "driverField.name", { defaultValue: field })}
      onDone={(answer) => props.onRegistered(answer.driver)}
      onClose={props.onClose}
    >
      <Form.Item name="name" label={t("driverField.name")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="nationality_code" label={t("driverField.nationality_code")}>
        <Select options={["VN", "CN"].map((each) => ({ value: each, label: t(`country.${each}` as "country.VN") }))} />
      </Form.Item>
      <Form.Item name="document_kind" label={t("driverField.document_kind")}>
        <Select options={documents.map((each) => ({ value: each, label: t(`document.${each}`) }))} />
      </Form.Item>
      <Form.Item name="document_number" label={t("driverField.document_number")}>
        <Input />
      </Form.Item>
      <Form.Item name="document_expire_date" label={t("driverField.document_expire_date")} extra={t("hint.date")}>
        <Input placeholder="31/12/2031" />
      </Form.Item>
      <Form.Item name="phone" label={t("driverField.phone")}>
        <Input placeholder="+84912345678" inputMode="tel" />
      </Form.Item>
    </FormDialog>
  );
}

// 31/12/2031 → 2031-12-31. What cannot be read goes out as it is, and the server names it.
function isoDate(text: string | undefined): string {
  const time = text ? parseGateTime(text) : null;
  return time ? formatDate(time, "zh") : (text ?? "");
}
