import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";

// A page that could not be prepared.
export function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <Page title={t("failed.title")} purpose={t("failed.purpose")}>
      <ProblemAlert error={error} onRetry={() => void router.invalidate()} />
    </Page>
  );
}

// An address that leads nowhere.
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")} purpose={t("notFound.purpose")}>
      <p className="card">
        <a href="/">{t("notFound.home")}</a>
      </p>
    </Page>
  );
}
