// What stands around every page: where one is, where one can go, the gate's time, the language, who is signed in.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { hasSteps, may, seesYards } from "@/lib/access.ts";
import { formatClock, formatDate, gateZone, languageNames, languages, languageTags } from "@/lib/format.ts";
import { changeLanguage } from "@/lib/i18n.ts";
import { meQuery } from "@/lib/requests/get_me.ts";
import { serverNow } from "@/lib/server_clock.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Me } from "@/lib/wire.ts";
import "./shell.css";

export function Shell() {
  const { t } = useTranslation();
  const me = useQuery({ ...meQuery, refetchInterval: 60_000 }).data;
  return (
    <>
      <a className="shell-skip" href="#content">
        {t("shell.skip")}
      </a>
      <header className="shell-bar">
        <Link to="/" className="shell-name">
          {t("product.name")}
        </Link>
        {me && <Navigation me={me} />}
        <div className="shell-side">
          <GateClock />
          <Languages />
          {me ? <Link to="/me">{me.display_name}</Link> : <Link to="/sign-in">{t("shell.signIn")}</Link>}
        </div>
      </header>
      <main id="content" tabIndex={-1} className="focus-target">
        <Outlet />
      </main>
    </>
  );
}

function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <nav className="shell-nav" aria-label={t("shell.nav")}>
      {may(me, "LaneService.WatchLanes") && <Link to="/lanes">{t("nav.lanes")}</Link>}
      {hasSteps(me) && <Link to="/work">{t("nav.work")}</Link>}
      {may(me, "CustomsService.ListTrips") && <Link to="/trips">{t("nav.trips")}</Link>}
      {may(me, "ReportService.SearchPassages") && <Link to="/passages">{t("nav.passages")}</Link>}
      {seesYards(me) && <Link to="/yard">{t("nav.yard")}</Link>}
      {may(me, "LaneService.TryCheckpointRule") && <Link to="/rules">{t("nav.rules")}</Link>}
      {may(me, "IdentityService.ListPersons") && <Link to="/people">{t("nav.people")}</Link>}
      {may(me, "IdentityService.ListApiClients") && <Link to="/clients">{t("nav.clients")}</Link>}
      <a href="/board.html">{t("nav.board")}</a>
    </nav>
  );
}

function GateClock() {
  const language = useLanguage();
  useNow();
  const now = serverNow();
  return (
    <span className="shell-clock" title={gateZone[language]}>
      <span className="shell-clock-date">{formatDate(now, language)} </span>
      {formatClock(now)} <span className="quiet shell-clock-zone">{gateZone[language]}</span>
    </span>
  );
}

function Languages() {
  const { t } = useTranslation();
  const current = useLanguage();
  return (
    // biome-ignore lint/a11y/useSemanticElements: three buttons, not a form's fields
    <div className="languages" role="group" aria-label={t("shell.language")}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={languageTags[each]}
          aria-pressed={each === current}
          onClick={() => void changeLanguage(each)}
        >
          {languageNames[each]}
        </button>
      ))}
    </div>
  );
}
