// The first account of an enterprise. Whoever made it is signed in with it and goes on to register the enterprise.
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormCard } from "@/components/form_card.tsx";
import { Page } from "@/components/page.tsx";
import { signIn } from "@/lib/requests/sign_in.ts";
import type { Person, SignUpBody } from "@/lib/wire.ts";
import { signUp } from "./api/sign_up.ts";

// `onDone`: the account is there; whether its session could be started shows on the next page.
export function SignUpPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("enterprise");
  const labelOf = (field: string) => t(`account.${field}` as "account.password", { defaultValue: field });
  return (
    <Page title={t("signUp.title")} purpose={t("signUp.purpose")}>
      <FormCard<SignUpBody, { person: Person }>
        name="signUp"
        submit={t("signUp.submit")}
        start={{}}
        act={signUp}
        ofReason={{ SIGN_IN_NAME_TAKEN: "sign_in_name", PASSWORD_TOO_WEAK: "password" }}
        labelOf={labelOf}
        onDone={({ person }, { password = "" }) => void signIn(person.sign_in_name, password).then(onDone, onDone)}
      >
        <Form.Item name="display_name" label={labelOf("display_name")}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="sign_in_name" label={labelOf("sign_in_name")} extra={t("hint.sign_in_name")}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={labelOf("password")} extra={t("hint.password")}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
      </FormCard>
    </Page>
  );
}
