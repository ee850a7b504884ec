// A password, secret or token that the platform shows once. Without it the order had been done before, and what it showed
// then is not told again.
import { Alert, Typography } from "antd";
import { useTranslation } from "react-i18next";

export function SecretOnce({ label, secret, lost }: { label: string; secret: string; lost: string }) {
  const { t } = useTranslation();
  if (secret === "") return <Alert type="warning" role="alert" title={lost} />;
  return (
    <div role="status">
      <p>{label}</p>
      <Typography.Text className="secret" code copyable={{ tooltips: [t("secret.copy"), t("secret.copied")] }}>
        {secret}
      </Typography.Text>
      <p>▲ {t("secret.once")}</p>
    </div>
  );
}
