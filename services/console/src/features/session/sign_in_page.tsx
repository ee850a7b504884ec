// Name and password. What was typed stays when it is refused.
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { signIn } from "@/lib/requests/sign_in.ts";

export function SignInPage({ ended, onSignedIn }: { ended: boolean; onSignedIn: () => void }) {
  const { t } = useTranslation("session");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const problem = useRef<HTMLDivElement>(null);
  const attempt = useMutation({ mutationFn: () => signIn(name.trim(), password), onSuccess: onSignedIn });
  const failed = attempt.isError || missing;

  useEffect(() => {
    if (failed && !attempt.isPending) problem.current?.focus();
  }, [failed, attempt.isPending]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (attempt.isPending) return;
    const incomplete = name.trim() === "" || password === "";
    setMissing(incomplete);
    if (!incomplete) attempt.mutate();
  };

  return (
    <Page title={t("signIn.title")} purpose={t("signIn.purpose")}>
      <form className="card sign-in" onSubmit={submit} noValidate>
        {ended && !failed && <p role="status">{t("signIn.ended")}</p>}
        <div ref={problem} tabIndex={-1} className="focus-target">
          {missing && <p role="alert">{t("signIn.missing")}</p>}
          {attempt.isError && !missing && <ProblemAlert error={attempt.error} />}
        </div>
        <label className="field">
          {t("signIn.name")}
          <Input
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          {t("signIn.password")}
          <Input.Password
            name="password"
            autoComplete="current-password"
            visibilityToggle={false}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <Button type="primary" htmlType="submit" loading={attempt.isPending}>
          {t("signIn.button")}
        </Button>
      </form>
      <p>
        {t("signIn.new")} <Link to="/sign-up">{t("signIn.signUp")}</Link>
      </p>
    </Page>
  );
}
