// Programs that act over the interface: an enterprise's own, a partner's; made with a secret that is shown once, revoked at
// once.
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { ListFrame } from "@/components/list_frame.tsx";
import { ListTable } from "@/components/list_table.tsx";
import { OrderDialog } from "@/components/order_dialog.tsx";
import { Page } from "@/components/page.tsx";
import { SecretOnce } from "@/components/secret_once.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { TwoLines } from "@/components/two_lines.tsx";
import { may } from "@/lib/access.ts";
import { usePaged } from "@/lib/paged.ts";
import { hasChinese } from "@/lib/plate.ts";
import { useDialog } from "@/lib/use_dialog.ts";
import type { ApiClient, CreateApiClientBody, Me } from "@/lib/wire.ts";
import { createClient } from "./api/create_client.ts";
import { clientsQuery } from "./api/list_clients.ts";
import { revokeClient } from "./api/revoke_client.ts";

type Asked = { act: "create" } | { act: "revoke"; client: ApiClient };

export function ClientsPage({ me }: { me: Me }) {
  const { t } = useTranslation("clients");
  const queries = useQueryClient();
  const clients = usePaged(clientsQuery);
  const { asked, ask, close } = useDialog<Asked>();
  const own = me.roles.includes("ROLE_ENTERPRISE");
  const changed = () => void queries.invalidateQueries({ queryKey: clientsQuery.queryKey });
  return (
    <Page
      title={t("title")}
      purpose={t(own ? "purposeOwn" : "purpose")}
      actions={
        may(me, "IdentityService.CreateApiClient") && (
          <Button type="primary" onClick={() => ask({ act: "create" })}>
            {t("create.button")}
          </Button>
        )
      }
    >
      <ListFrame list={clients} count={clients.rows.length} empty={t("empty")}>
        <ListTable<ApiClient>
          rowKey="api_client_id"
          rows={clients.rows}
          loading={!clients.loaded}
          columns={[
            {
              title: t("column.title"),
              render: (row: ApiClient) => (
                <TwoLines
                  first={
                    <span className="long-name" lang={hasChinese(row.title) ? "zh-Hans" : undefined}>
                      {row.title}
                    </span>
                  }
                  second={<code>{row.api_client_id}</code>}
                />
              ),
            },
            ...(own ? [] : [{ title: t("column.for"), render: (row: ApiClient) => <ActsFor client={row} /> }]),
            { title: t("column.made"), render: (row: ApiClient) => <TimeText time={row.create_time} /> },
            {
              title: t("column.used"),
              render: (row: ApiClient) =>
                row.last_used_time ? <TimeText time={row.last_used_time} /> : t("used.never"),
            },
            {
              title: t("column.state"),
              render: (row: ApiClient) =>
                row.revoke_time ? (
                  <TwoLines first={t("state.revoked")} second={<TimeText time={row.revoke_time} />} />
                ) : (
                  t("state.works")
                ),
            },
            {
              title: <span className="sr-only">{t("column.acts")}</span>,
              align: "right" as const,
              render: (row: ApiClient) =>
                may(me, "IdentityService.RevokeApiClient") && !row.revoke_time ? (
                  <Button
                    aria-label={t("revoke.of", { title: row.title })}
                    onClick={() => ask({ act: "revoke", client: row })}
                  >
                    {t("revoke.button")}
                  </Button>
                ) : null,
            },
          ]}
        />
      </ListFrame>
      {asked?.act === "create" && <CreateDialog own={own} onDone={changed} onClose={close} />}
      {asked?.act === "revoke" && (
        <OrderDialog
          title={t("revoke.title", { title: asked.client.title })}
          submit={t("revoke.submit")}
          act={(_, key) => revokeClient(asked.client.api_client_id, key)}
          onDone={() => {
            changed();
            close();
          }}
          onClose={close}
        >
          <p>{t("revoke.effect")}</p>
        </OrderDialog>
      )}
    </Page>
  );
}

function ActsFor({ client }: { client: ApiClient }) {
  const { t } = useTranslation("clients");
  return (
    <TwoLines
      first={t(client.partner_id ? "for.partner" : "for.enterprise")}
      second={<code>{client.partner_id || client.enterprise_id}</code>}
    />
  );
}

function CreateDialog({ own, onDone, onClose }: { own: boolean; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation("clients");
  return (
    <FormDialog<CreateApiClientBody, { api_client: ApiClient; client_secret: string }>
      name="client"
      title={t("create.title")}
      submit={t("create.submit")}
      start={{}}
      act={createClient}
      labelOf={(field) => t(`field.${field}` as "field.title", { defaultValue: field })}
      onDone={onDone}
      done={(answer) => (
        <>
          <p>
            {t("create.id")} <code>{answer.api_client.api_client_id}</code>
          </p>
          <SecretOnce
            label={t("create.secret", { title: answer.api_client.title })}
            secret={answer.client_secret}
            lost={t("create.lost")}
          />
        </>
      )}
      onClose={onClose}
    >
      <Form.Item name="title" label={t("field.title")} extra={t("hint.title")}>
        <Input autoComplete="off" />
      </Form.Item>
      {!own && (
        <Form.Item name="partner_id" label={t("field.partner_id")} extra={t("hint.partner_id")}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
