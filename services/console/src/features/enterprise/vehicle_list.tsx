// The enterprise's vehicles, each with its transponder, which alone of a vehicle can be changed.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { PlateText } from "@/components/plate.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TagField } from "@/components/tag_field.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { may } from "@/lib/access.ts";
import { formatPlate } from "@/lib/plate.ts";
import { vehiclesQuery } from "@/lib/requests/list_vehicles.ts";
import type { Me, SetVehicleTagBody, Vehicle } from "@/lib/wire.ts";
import { setVehicleTag } from "./api/set_vehicle_tag.ts";

export function VehicleList({ me }: { me: Me }) {
  const { t } = useTranslation("enterprise");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const vehicles = useQuery(vehiclesQuery);
  const [changed, setChanged] = useState<Vehicle | null>(null);
  const close = () => setChanged(null);
  return (
    <section className="card" aria-labelledby="vehicles-title">
      <h2 id="vehicles-title">{t("vehicles.title")}</h2>
      {vehicles.isError && <ProblemAlert error={vehicles.error} onRetry={() => vehicles.refetch()} />}
      <Table<Vehicle>
        rowKey="vehicle_id"
        dataSource={vehicles.data ?? []}
        loading={vehicles.isPending}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        size="middle"
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("vehicles.none") }}
        columns={[
          { title: t("vehicles.plate"), render: (row: Vehicle) => <PlateText plate={row.plate?.normalised ?? ""} /> },
          {
            title: t("vehicles.kind"),
            render: (row: Vehicle) => common(`vehicleKind.${row.kind}` as "vehicleKind.KIND_TRUCK"),
          },
          {
            title: t("vehicles.tag"),
            render: (row: Vehicle) => (row.tag_id ? <code>{row.tag_id}</code> : t("vehicles.noTag")),
          },
          { title: t("since"), render: (row: Vehicle) => <TimeText time={row.register_time} /> },
          {
            title: <span className="sr-only">{t("vehicles.acts")}</span>,
            align: "right" as const,
            render: (row: Vehicle) =>
              may(me, "VehicleService.SetVehicleTag") && (
                <Button
                  onClick={() => setChanged(row)}
                  aria-label={t("vehicles.changeOf", { plate: formatPlate(row.plate?.normalised ?? "") })}
                >
                  {t("vehicles.change")}
                </Button>
              ),
          },
        ]}
      />
      {changed && (
        <FormDialog<SetVehicleTagBody, { vehicle: Vehicle }>
          name="tag"
          title={t("vehicles.changeOf", { plate: formatPlate(changed.plate?.normalised ?? "") })}
          submit={t("vehicles.save")}
          start={{ tag_id: changed.tag_id }}
          act={(body, key) => setVehicleTag(changed.vehicle_id, body, key)}
          ofReason={{ TAG_TAKEN: "tag_id" }}
          labelOf={() => t("vehicles.tag")}
          onDone={async () => {
            await client.invalidateQueries({ queryKey: vehiclesQuery.queryKey });
            close();
          }}
          onClose={close}
        >
          <p>{t("vehicles.changeEffect")}</p>
          <TagField />
        </FormDialog>
      )}
    </section>
  );
}
