// What the enterprise declared.
import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { PlateText } from "@/components/plate.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { may } from "@/lib/access.ts";
import { formatMassKg, formatMoney, formatNumber, type Language } from "@/lib/format.ts";
import { hasChinese } from "@/lib/plate.ts";
import { enterpriseQuery } from "@/lib/requests/get_enterprise.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { GoodsLine, Me, Quarantine, Trip } from "@/lib/wire.ts";

export function Declaration({ trip, me }: { trip: Trip; me: Me }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  const none = <span className="quiet">{t("none")}</span>;
  const vehicle = trip.vehicle;
  const items = [
    { key: "enterprise", label: t("declaration.enterprise"), children: <EnterpriseName trip={trip} me={me} /> },
    { key: "regime", label: t("declaration.regime"), children: t(`regime.${trip.regime}`) },
    { key: "route", label: t("declaration.route"), children: trip.route || none },
    {
      key: "number",
      label: t("declaration.number"),
      children: [trip.declaration_number, trip.declaration_kind].filter(Boolean).join(" · ") || none,
    },
    { key: "arrival", label: t("declaration.arrival"), children: <TimeText time={trip.expected_arrival_time} /> },
    { key: "declared", label: t("declaration.declared"), children: <TimeText time={trip.declare_time} /> },
    {
      key: "trailer",
      label: t("declaration.trailer"),
      children: vehicle?.trailer_plate ? <PlateText plate={vehicle.trailer_plate.normalised} /> : none,
    },
    { key: "container", label: t("declaration.container"), children: vehicle?.container_number || none },
    { key: "seals", label: t("declaration.seals"), children: vehicle?.seal_numbers.join(", ") || none },
    { key: "phone", label: t("declaration.phone"), children: trip.contact_phone || none },
    ...quarantineItems(trip.quarantine, t, language),
  ];
  return (
    <section className="card">
      <h2>{t("declaration.title")}</h2>
      <Facts columns={2} items={items} />
      {/* Who has no business with the load is not sent it. */}
      {trip.goods.length > 0 && <Goods goods={trip.goods} />}
      {trip.empty && <p>{t("goods.empty")}</p>}
    </section>
  );
}

function EnterpriseName({ trip, me }: { trip: Trip; me: Me }) {
  const { t } = useTranslation("trips");
  const allowed = may(me, "VehicleService.GetEnterprise");
  const enterprise = useQuery({ ...enterpriseQuery(trip.enterprise_id), enabled: allowed });
  if (enterprise.data) {
    return (
      <span className="long-name" lang={hasChinese(enterprise.data.name) ? "zh-Hans" : "vi"}>
        {enterprise.data.name}{" "}
        <span className="quiet">({t("declaration.taxCode", { code: enterprise.data.tax_code })})</span>
      </span>
    );
  }
  return <code>{trip.enterprise_id}</code>;
}

function quarantineItems(
  quarantine: Quarantine | undefined,
  t: ReturnType<typeof useTranslation<"trips">>["t"],
  language: Language,
) {
  if (!quarantine) return [];
  const temperature = quarantine.driver_temperature_decicelsius;
  return [
    { key: "area", label: t("quarantine.area"), children: quarantine.growing_area_code },
    { key: "house", label: t("quarantine.house"), children: quarantine.packing_house_code },
    { key: "certificate", label: t("quarantine.certificate"), children: quarantine.certificate_number },
    {
      key: "health",
      label: t("quarantine.health"),
      children: t(quarantine.health_declared ? "quarantine.noSymptoms" : "quarantine.notDeclared"),
    },
    {
      key: "temperature",
      label: t("quarantine.temperature"),
      children:
        temperature > 0 ? t("quarantine.degrees", { degrees: formatNumber(temperature / 10, language, 1) }) : "",
    },
  ].filter((item) => item.children !== "");
}

function Goods({ goods }: { goods: GoodsLine[] }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  const valued = goods.some((line) => line.currency_code !== ""); // most agencies are not sent values
  return (
    <Table<GoodsLine>
      className="goods"
      rowKey={(line) => `${line.hs_code}:${line.description}`}
      dataSource={goods}
      pagination={false}
      size="small"
      scroll={{ x: "max-content" }}
      title={() => <h3>{t("goods.title")}</h3>}
      columns={[
        { title: t("goods.code"), dataIndex: "hs_code" },
        {
          title: t("goods.description"),
          render: (line: GoodsLine) => <span className="long-name">{line.description}</span>,
        },
        {
          title: t("goods.packages"),
          align: "right",
          render: (line: GoodsLine) => `${formatNumber(line.package_count, language)} ${line.package_kind}`,
        },
        {
          title: t("goods.gross"),
          align: "right",
          render: (line: GoodsLine) => formatMassKg(line.gross_mass_kg, language),
        },
        ...(valued
          ? [
              {
                title: t("goods.value"),
                align: "right" as const,
                render: (line: GoodsLine) => formatMoney(line.value_minor, line.currency_code, language),
              },
            ]
          : []),
        { title: t("goods.origin"), dataIndex: "origin_country_code" },
      ]}
    />
  );
}
