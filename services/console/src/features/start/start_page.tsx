// The first page: where each kind of person goes. What needs an account says so.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { hasSteps, may, seesYards } from "@/lib/access.ts";
import type { Me } from "@/lib/wire.ts";

export function StartPage({ me }: { me: Me | null }) {
  const { t } = useTranslation("start");
  const { t: common } = useTranslation();
  return (
    <Page title={common("product.name")} purpose={t("purpose")}>
      <ul className="cards">
        {!me && (
          <Card title={t("officers.title")} text={t("officers.text")}>
            <Link to="/sign-in">{t("officers.link")}</Link>
          </Card>
        )}
        {me && may(me, "LaneService.WatchLanes") && (
          <Card title={t("lanes.title")} text={t("lanes.text")}>
            <Link to="/lanes">{t("lanes.link")}</Link>
          </Card>
        )}
        {me && hasSteps(me) && (
          <Card title={t("work.title")} text={t("work.text")}>
            <Link to="/work">{t("work.link")}</Link>
          </Card>
        )}
        {me && may(me, "CustomsService.ListTrips") && (
          <Card title={t("trips.title")} text={t("trips.text")}>
            <Link to="/trips">{t("trips.link")}</Link>
          </Card>
        )}
        {me && may(me, "ReportService.SearchPassages") && (
          <Card title={t("passages.title")} text={t("passages.text")}>
            <Link to="/passages">{t("passages.link")}</Link>
          </Card>
        )}
        {me && seesYards(me) && (
          <Card title={t("yard.title")} text={t("yard.text")}>
            <Link to="/yard">{t("yard.link")}</Link>
          </Card>
        )}
        {me && may(me, "LaneService.TryCheckpointRule") && (
          <Card title={t("rules.title")} text={t("rules.text")}>
            <Link to="/rules">{t("rules.link")}</Link>
          </Card>
        )}
        {me && may(me, "IdentityService.ListPersons") && (
          <Card title={t("people.title")} text={t("people.text")}>
            <Link to="/people">{t("people.link")}</Link>
          </Card>
        )}
        {me && may(me, "IdentityService.ListApiClients") && (
          <Card title={t("clients.title")} text={t("clients.text")}>
            <Link to="/clients">{t("clients.link")}</Link>
          </Card>
        )}
        <Card title={t("board.title")} text={t("board.text")}>
          <a href="/board.html">{t("board.link")}</a>
        </Card>
        <Card title={t("reference.title")} text={t("reference.text")}>
          <a href="/docs">{t("reference.link")}</a>
        </Card>
      </ul>
    </Page>
  );
}

function Card(props: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="card">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      <p className="card-link">{props.children}</p>
    </li>
  );
}
