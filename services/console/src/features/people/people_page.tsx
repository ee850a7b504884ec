// Accounts: who may sign in, with which roles and at which gates. Changing them takes the administrator's role.
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { ListTable } from "@/components/list_table.tsx";
import { OrderDialog } from "@/components/order_dialog.tsx";
import { Page } from "@/components/page.tsx";
import { SecretOnce } from "@/components/secret_once.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { TwoLines } from "@/components/two_lines.tsx";
import { may } from "@/lib/access.ts";
import { usePaged } from "@/lib/paged.ts";
import { gateText, roleText } from "@/lib/texts.ts";
import { useDialog } from "@/lib/use_dialog.ts";
import type { Me, Person } from "@/lib/wire.ts";
import { disablePerson } from "./api/disable_person.ts";
import { personsQuery } from "./api/list_persons.ts";
import { resetPassword } from "./api/reset_password.ts";
import { CreateDialog, RolesDialog } from "./person_dialogs.tsx";
import "./people.css";

type Act = "roles" | "reset" | "disable";
type Asked = { act: "create" } | { act: Act; person: Person };

export function PeoplePage({ me }: { me: Me }) {
  const { t } = useTranslation("people");
  const client = useQueryClient();
  const persons = usePaged(personsQuery);
  const { asked, ask, close } = useDialog<Asked>();
  const changed = () => void client.invalidateQueries({ queryKey: personsQuery.queryKey });
  const done = () => {
    changed();
    close();
  };
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      actions={
        may(me, "IdentityService.CreatePerson") && (
          <Button type="primary" onClick={() => ask({ act: "create" })}>
            {t("create.button")}
          </Button>
        )
      }
    >
      <ListFrame list={persons} count={persons.rows.length} empty={t("empty")}>
        <ListTable<Person>
          rowKey="person_id"
          rows={persons.rows}
          loading={!persons.loaded}
          columns={[
            {
              title: t("column.name"),
              render: (row: Person) => (
                <TwoLines first={<span className="long-name">{row.display_name}</span>} second={row.sign_in_name} />
              ),
            },
            { title: t("column.roles"), render: (row: Person) => row.roles.map(roleText).join(", ") },
            { title: t("column.place"), render: (row: Person) => <Place person={row} /> },
            {
              title: t("column.state"),
              render: (row: Person) => (
                <TwoLines first={t(`state.${row.state}`)} second={<TimeText time={row.create_time} />} />
              ),
            },
            {
              title: <span className="sr-only">{t("column.acts")}</span>,
              align: "right" as const,
              render: (row: Person) => <Acts person={row} me={me} onAsk={(act) => ask({ act, person: row })} />,
            },
          ]}
        />
      </ListFrame>
      {asked?.act === "create" && <CreateDialog onDone={changed} onClose={close} />}
      {asked?.act === "roles" && <RolesDialog person={asked.person} onDone={done} onClose={close} />}
      {asked?.act === "disable" && (
        <OrderDialog
          title={t("disable.title", { name: asked.person.display_name })}
          submit={t("disable.submit")}
          words={{ label: t("why"), needed: true }}
          act={(reason, key) => disablePerson(asked.person.person_id, reason, key)}
          onDone={done}
          onClose={close}
        >
          <p>{t("disable.effect")}</p>
        </OrderDialog>
      )}
      {asked?.act === "reset" && (
        <OrderDialog
          title={t("reset.title", { name: asked.person.display_name })}
          submit={t("reset.submit")}
          words={{ label: t("why"), needed: true }}
          act={(reason, key) => resetPassword(asked.person.person_id, reason, key)}
          done={({ one_time_password }) => (
            <SecretOnce
              label={t("password.of", { name: asked.person.sign_in_name })}
              secret={one_time_password}
              lost={t("password.lost")}
            />
          )}
          onClose={close}
        >
          <p>{t("reset.effect")}</p>
        </OrderDialog>
      )}
    </Page>
  );
}

// Where somebody works: at gates, or for an enterprise.
function Place({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  if (person.enterprise_id)
    return <TwoLines first={t("place.enterprise")} second={<code>{person.enterprise_id}</code>} />;
  return person.gate_ids.length === 0 ? t("place.everyGate") : person.gate_ids.map(gateText).join(", ");
}

function Acts({ person, me, onAsk }: { person: Person; me: Me; onAsk: (act: Act) => void }) {
  const { t } = useTranslation("people");
  const active = person.state === "STATE_ACTIVE";
  const acts: Act[] = [];
  if (active && !person.enterprise_id && may(me, "IdentityService.SetPersonRoles")) acts.push("roles");
  if (active && may(me, "IdentityService.ResetPassword")) acts.push("reset");
  if (active && may(me, "IdentityService.DisablePerson")) acts.push("disable");
  return (
    <div className="row-acts">
      {acts.map((act) => (
        <Button key={act} aria-label={t(`${act}.of`, { name: person.display_name })} onClick={() => onAsk(act)}>
          {t(`${act}.button`)}
        </Button>
      ))}
    </div>
  );
}
