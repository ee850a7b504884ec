// Who is signed in, with which roles and gates, and the way out.
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { gateText, roleText } from "@/lib/texts.ts";
import type { Me } from "@/lib/wire.ts";
import { signOut } from "./api/sign_out.ts";

export function ProfilePage({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) {
  const { t } = useTranslation("session");
  const leave = useMutation({ mutationFn: signOut, onSuccess: onSignedOut });
  const gates = me.gate_ids.length > 0 ? me.gate_ids.map(gateText).join(", ") : t("profile.allGates");
  return (
    <Page title={t("profile.title")} purpose={t("profile.purpose")}>
      <div className="card">
        <Facts
          items={[
            { key: "name", label: t("profile.name"), children: me.display_name },
            { key: "roles", label: t("profile.roles"), children: me.roles.map(roleText).join(", ") },
            { key: "gates", label: t("profile.gates"), children: gates },
            ...(me.enterprise_id
              ? [
                  {
                    key: "enterprise",
                    label: t("profile.enterprise"),
                    children: <Link to="/enterprise">{t("profile.enterpriseLink")}</Link>,
                  },
                ]
              : []),
            { key: "id", label: t("profile.id"), children: <code>{me.subject_id}</code> },
          ]}
        />
        {leave.isError && <ProblemAlert error={leave.error} />}
        <Button onClick={() => leave.mutate()} loading={leave.isPending}>
          {t("signOut")}
        </Button>
      </div>
    </Page>
  );
}
