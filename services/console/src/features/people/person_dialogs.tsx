// Makes an officer's account, and changes the roles and gates of one.
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/form_dialog.tsx";
import { SecretOnce } from "@/components/secret_once.tsx";
import { gatesQuery } from "@/lib/requests/list_gates.ts";
import { gateText, roleText } from "@/lib/texts.ts";
import type { CreatePersonBody, Person, Role, SetPersonRolesBody } from "@/lib/wire.ts";
import { createPerson } from "./api/create_person.ts";
import { setPersonRoles } from "./api/set_person_roles.ts";

// Roles that an officer can be given; enterprises, partners and devices come by their own ways.
const officerRoles: Role[] = [
  "ROLE_BORDER_GUARD",
  "ROLE_CUSTOMS",
  "ROLE_QUARANTINE",
  "ROLE_HEALTH",
  "ROLE_FEE_COLLECTOR",
  "ROLE_TRAFFIC_POLICE",
  "ROLE_YARD_OPERATOR",
  "ROLE_MANAGEMENT_CENTRE",
  "ROLE_AUDITOR",
  "ROLE_ADMINISTRATOR",
];

const useLabels = () => {
  const { t } = useTranslation("people");
  return (field: string) => t(`field.${field}` as "field.roles", { defaultValue: field });
};

export function CreateDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation("people");
  const labelOf = useLabels();
  return (
    <FormDialog<CreatePersonBody, { person: Person; one_time_password: string }>
      name="person"
      title={t("create.title")}
      submit={t("create.submit")}
      start={{ roles: [], gate_ids: [] }}
      act={createPerson}
      ofReason={{ SIGN_IN_NAME_TAKEN: "sign_in_name" }}
      labelOf={labelOf}
      onDone={onDone}
      done={(answer) => (
        <SecretOnce
          label={t("password.of", { name: answer.person.sign_in_name })}
          secret={answer.one_time_password}
          lost={t("password.lost")}
        />
      )}
      onClose={onClose}
    >
      <Form.Item name="display_name" label={labelOf("display_name")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="sign_in_name" label={labelOf("sign_in_name")} extra={t("hint.sign_in_name")}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <RoleFields held={[]} />
    </FormDialog>
  );
}

export function RolesDialog(props: { person: Person; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation("people");
  const labelOf = useLabels();
  const { person } = props;
  return (
    <FormDialog<SetPersonRolesBody, { person: Person }>
      name="roles"
      title={t("roles.title", { name: person.display_name })}
      submit={t("roles.submit")}
      start={{ roles: person.roles, gate_ids: person.gate_ids }}
      act={(body, key) => setPersonRoles(person.person_id, body, key)}
      ofReason={{ LAST_ADMINISTRATOR: "roles" }}
      labelOf={labelOf}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <p>{t("roles.effect")}</p>
      <RoleFields held={person.gate_ids} />
      <Form.Item name="reason" label={t("why")}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

// `held`: gates that the person is posted to, which may have no workflow any more.
function RoleFields({ held }: { held: string[] }) {
  const { t } = useTranslation("people");
  const gates = useQuery(gatesQuery).data ?? [];
  const choices = [...new Set([...gates, ...held])].sort();
  return (
    <>
      <Form.Item name="roles" label={t("field.roles")} extra={t("hint.roles")}>
        <Checkbox.Group
          className="choice-grid"
          options={officerRoles.map((role) => ({ value: role, label: roleText(role) }))}
        />
      </Form.Item>
      <Form.Item name="gate_ids" label={t("field.gate_ids")} extra={t("hint.gate_ids")}>
        <Checkbox.Group options={choices.map((gate) => ({ value: gate, label: gateText(gate) }))} />
      </Form.Item>
    </>
  );
}
