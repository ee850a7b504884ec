// The frame of an ordinary page: a title, one sentence that says what the page is for, and the content.
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

export function Page(props: { title: string; purpose: string; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${props.title} · ${t("product.name")}`;
  }, [props.title, t]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          <p className="purpose">{props.purpose}</p>
        </div>
        {props.actions && <div className="page-actions">{props.actions}</div>}
      </header>
      {props.children}
    </div>
  );
}
