// Registers a vehicle of the enterprise.
import { Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { TagField } from "@/components/tag_field.tsx";
import type { RegisterVehicleBody, Vehicle } from "@/lib/wire.ts";
import { registerVehicle } from "./api/register_vehicle.ts";

const kinds = ["KIND_TRACTOR", "KIND_TRUCK", "KIND_TRAILER"] as const;

export function VehicleDialog(props: { onClose: () => void; onRegistered: (vehicle: Vehicle) => void }) {
  const { t } = useTranslation("declare");
  const { t: common } = useTranslation();
  return (
    <FormDialog<RegisterVehicleBody, { vehicle: Vehicle }>
      name="vehicle"
      title={t("vehicle.title")}
      submit={t("register.submit")}
      start={{ kind: "KIND_TRACTOR" }}
      act={registerVehicle}
      ofReason={{ PLATE_TAKEN: "plate", TAG_TAKEN: "tag_id" }}
      labelOf={(field) => t(`vehicleField.${field}` as "vehicleField.plate", { defaultValue: field })}
      onDone={(answer) => props.onRegistered(answer.vehicle)}
      onClose={props.onClose}
    >
      <Form.Item name="kind" label={t("vehicleField.kind")}>
        <Select options={kinds.map((each) => ({ value: each, label: common(`vehicleKind.${each}`) }))} />
      </Form.Item>
      <Form.Item name="plate" label={t("vehicleField.plate")}>
        <Input placeholder="12C-345.67" autoCapitalize="characters" />
      </Form.Item>
      <Form.Item name="axle_count" label={t("vehicleField.axle_count")}>
        <InputNumber min={0} precision={0} controls={false} />
      </Form.Item>
      <Form.Item name="tare_kg" label={t("vehicleField.tare_kg")}>
        <InputNumber min={0} precision={0} controls={false} />
      </Form.Item>
      <Form.Item name="permitted_mass_kg" label={t("vehicleField.permitted_mass_kg")}>
        <InputNumber min={0} precision={0} controls={false} />
      </Form.Item>
      <TagField />
    </FormDialog>
  );
}
