// Search of passages. The whole search stands in the address: a copied link shows a colleague the same page.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Evidence } from "@/components/evidence.tsx";
import { Page } from "@/components/page.tsx";
import { PlateText } from "@/components/plate.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { may } from "@/lib/access.ts";
import { formatDuration, gateZone } from "@/lib/format.ts";
import { formatPlate } from "@/lib/plate.ts";
import { directionText, gateText, textOfCode } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, PassageRow } from "@/lib/wire.ts";
import { type PassageFilter, passagesQuery } from "./api/search_passages.ts";
import { FilterForm } from "./filter_form.tsx";
import "./passages.css";

interface Props {
  me: Me;
  filter: PassageFilter;
  onFilter: (filter: PassageFilter) => void;
}

export function PassagesPage({ me, filter, onFilter }: Props) {
  const { t } = useTranslation("passages");
  const language = useLanguage();
  const result = useQuery(passagesQuery(filter));
  const next = result.data?.next_page_token ?? "";
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      <FilterForm key={JSON.stringify(filter)} filter={filter} onFilter={onFilter} />
      {result.isError && <ProblemAlert error={result.error} onRetry={() => result.refetch()} />}
      {result.data && result.data.passages.length === 0 && (
        <div className="card" role="status">
          <p>{t("empty")}</p>
          <p className="quiet">{t("empty.advice")}</p>
        </div>
      )}
      {(result.isPending || (result.data && result.data.passages.length > 0)) && (
        <Table<PassageRow>
          rowKey="passage_id"
          dataSource={result.data?.passages ?? []}
          loading={result.isPending}
          pagination={false}
          size="small"
          scroll={{ x: "max-content" }}
          columns={columns(t, me)}
          footer={() => <span className="quiet">{gateZone[language]}</span>}
        />
      )}
      <nav className="pager" aria-label={t("pages")}>
        {filter.page && <Button onClick={() => onFilter({ ...filter, page: undefined })}>{t("page.first")}</Button>}
        {next && <Button onClick={() => onFilter({ ...filter, page: next })}>{t("page.next")}</Button>}
      </nav>
    </Page>
  );
}

function columns(t: ReturnType<typeof useTranslation<"passages">>["t"], me: Me) {
  const pictures = may(me, "LaneService.GetEvidence");
  return [
    {
      title: t("column.leave"),
      render: (row: PassageRow) => <TimeText time={row.leave_time} />,
    },
    {
      title: t("column.plate"),
      render: (row: PassageRow) => (row.plate ? <PlateText plate={row.plate} /> : <em>{t("plate.none")}</em>),
    },
    {
      title: t("column.picture"),
      render: (row: PassageRow) =>
        row.evidence_id && pictures ? (
          <a href={`/v1/evidence/${encodeURIComponent(row.evidence_id)}`} target="_blank" rel="noreferrer">
            <div className="passage-picture">
              <Evidence
                evidenceId={row.evidence_id}
                corners={[]}
                alt={t("picture.alt", { plate: formatPlate(row.plate) })}
              />
            </div>
          </a>
        ) : (
          <span className="quiet">{t("picture.none")}</span>
        ),
    },
    {
      title: t("column.lane"),
      render: (row: PassageRow) => (
        <>
          {gateText(row.gate_id)} · {row.lane_id}
          <br />
          <span className="quiet">{directionText(row.direction)}</span>
        </>
      ),
    },
    {
      title: t("column.kind"),
      render: (row: PassageRow) => (
        <span className={row.kind === "unauthorised" ? "signal signal-urgent" : undefined}>
          {row.kind === "unauthorised" && <span aria-hidden="true">◆ </span>}
          {textOfCode("passages", `kind.${row.kind}`, {}, row.kind)}
        </span>
      ),
    },
    {
      title: t("column.time"),
      render: (row: PassageRow) =>
        row.arrive_time && row.leave_time
          ? formatDuration(Date.parse(row.leave_time) - Date.parse(row.arrive_time))
          : "–",
    },
    {
      title: t("column.trip"),
      render: (row: PassageRow) =>
        row.trip_id ? (
          <Link to="/trips/$tripId" params={{ tripId: row.trip_id }}>
            {t("trip.open")}
          </Link>
        ) : (
          <span className="quiet">{t("trip.none")}</span>
        ),
    },
  ];
}
