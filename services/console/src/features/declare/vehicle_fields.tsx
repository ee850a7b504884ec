// Which truck and which driver. Both must be registered; what is missing is registered on the way.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AutoComplete, Button, Form, type FormInstance, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { formatPlate } from "@/lib/plate.ts";
import { vehiclesQuery } from "@/lib/requests/list_vehicles.ts";
import { driversQuery } from "./api/list_drivers.ts";
import type { DeclareForm } from "./declare_form.ts";
import { DriverDialog } from "./driver_dialog.tsx";
import { VehicleDialog } from "./vehicle_dialog.tsx";

export function VehicleFields({ form }: { form: FormInstance<DeclareForm> }) {
  const { t } = useTranslation("declare");
  const client = useQueryClient();
  const vehicles = useQuery(vehiclesQuery);
  const drivers = useQuery(driversQuery);
  const [dialog, setDialog] = useState<"vehicle" | "driver" | null>(null);
  const plates = (trailers: boolean) =>
    (vehicles.data ?? [])
      .filter((each) => (each.kind === "KIND_TRAILER") === trailers)
      .map((each) => each.plate?.normalised ?? "")
      .map((plate) => ({ value: plate, label: formatPlate(plate) }));

  return (
    <fieldset className="card">
      <legend>{t("part.vehicle")}</legend>
      {vehicles.isError && <ProblemAlert error={vehicles.error} onRetry={() => vehicles.refetch()} />}
      {drivers.isError && <ProblemAlert error={drivers.error} onRetry={() => drivers.refetch()} />}
      <div className="field-grid">
        <div className="field-with-button">
          <Form.Item name="plate" label={t("field.plate")} extra={t("hint.plate")}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={plates(false)}
              loading={vehicles.isPending}
              notFoundContent={t("vehicle.none")}
            />
          </Form.Item>
          <Button onClick={() => setDialog("vehicle")}>{t("vehicle.register")}</Button>
        </div>
        <div className="field-with-button">
          <Form.Item name="driver_id" label={t("field.driver_id")}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={(drivers.data ?? []).map((each) => ({
                value: each.driver_id,
                label: `${each.name} · ${each.document_number}`,
              }))}
              loading={drivers.isPending}
              notFoundContent={t("driver.none")}
            />
          </Form.Item>
          <Button onClick={() => setDialog("driver")}>{t("driver.register")}</Button>
        </div>
        <Form.Item name="trailer_plate" label={t("field.trailer_plate")} extra={t("hint.trailer")}>
          <AutoComplete options={plates(true)} />
        </Form.Item>
        <Form.Item name="container_number" label={t("field.container_number")}>
          <Input placeholder="CSQU3054383" />
        </Form.Item>
        <Form.Item name="seals" label={t("field.seals")} extra={t("hint.seals")}>
          <Input />
        </Form.Item>
      </div>
      {dialog === "vehicle" && (
        <VehicleDialog
          onClose={() => setDialog(null)}
          onRegistered={async (vehicle) => {
            await client.invalidateQueries({ queryKey: vehiclesQuery.queryKey });
            form.setFieldValue(
              vehicle.kind === "KIND_TRAILER" ? "trailer_plate" : "plate",
              vehicle.plate?.normalised ?? "",
            );
            setDialog(null);
          }}
        />
      )}
      {dialog === "driver" && (
        <DriverDialog
          onClose={() => setDialog(null)}
          onRegistered={async (driver) => {
            await client.invalidateQueries({ queryKey: driversQuery.queryKey });
            form.setFieldValue("driver_id", driver.driver_id);
            setDialog(null);
          }}
        />
      )}
    </fieldset>
  );
}
