// The reader's own enterprise: as it is registered, or the form that registers it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Facts } from "@/components/facts.tsx";
import { FormCard } from "@/components/form_card.tsx";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { may } from "@/lib/access.ts";
import { asProblem } from "@/lib/problem.ts";
import { enterpriseQuery } from "@/lib/requests/get_enterprise.ts";
import type { Enterprise, Me, RegisterEnterpriseBody } from "@/lib/wire.ts";
import { registerEnterprise } from "./api/register_enterprise.ts";
import { VehicleList } from "./vehicle_list.tsx";

const fields = ["name", "tax_code", "address", "phone"] as const;

export function EnterprisePage({ me }: { me: Me }) {
  const { t } = useTranslation("enterprise");
  const client = useQueryClient();
  const query = enterpriseQuery(me.enterprise_id);
  const own = useQuery({ ...query, enabled: me.enterprise_id !== "" });
  const unknown = own.isError && asProblem(own.error).reason === "ENTERPRISE_NOT_FOUND";
  const registers = unknown && may(me, "VehicleService.RegisterEnterprise");
  const labelOf = (field: string) => t(`field.${field}` as "field.name", { defaultValue: field });
  return (
    <Page title={t("title")} purpose={t(registers ? "purposeNew" : "purpose")}>
      {me.enterprise_id === "" && (
        <p className="card" role="status">
          {t("none")}
        </p>
      )}
      {own.isError && !registers && <ProblemAlert error={own.error} onRetry={() => own.refetch()} />}
      {own.isLoading && <p role="status">{t("loading")}</p>}
      {own.data && <Registered enterprise={own.data} />}
      {own.data && <VehicleList me={me} />}
      {registers && (
        <FormCard<RegisterEnterpriseBody, { enterprise: Enterprise }>
          name="enterprise"
          submit={t("register.submit")}
          start={{}}
          act={registerEnterprise}
          ofReason={{ TAX_CODE_TAKEN: "tax_code" }}
          labelOf={labelOf}
          onDone={({ enterprise }) => client.setQueryData(query.queryKey, enterprise)}
        >
          {fields.map((field) => (
            <Form.Item key={field} name={field} label={labelOf(field)} extra={t(`hint.${field}`)}>
              <Input inputMode={field === "phone" ? "tel" : "text"} />
            </Form.Item>
          ))}
        </FormCard>
      )}
    </Page>
  );
}

function Registered({ enterprise }: { enterprise: Enterprise }) {
  const { t } = useTranslation("enterprise");
  return (
    <section className="card">
      <Facts
        items={[
          ...fields.map((field) => ({ key: field, label: t(`field.${field}`), children: enterprise[field] })),
          { key: "since", label: t("since"), children: <TimeText time={enterprise.register_time} /> },
        ]}
      />
      <p>
        <Link to="/trips/new">{t("declare")}</Link>
      </p>
    </section>
  );
}
