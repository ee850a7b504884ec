// What the trip owes.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { formatDong, formatNumber } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Invoice } from "@/lib/wire.ts";
import { tripInvoiceQuery } from "./api/trip_invoice.ts";

export function Fee({ tripId }: { tripId: string }) {
  const { t } = useTranslation("trips");
  const invoice = useQuery({ ...tripInvoiceQuery(tripId), refetchInterval: 10_000 });
  return (
    <section className="card">
      <h2>{t("fee.title")}</h2>
      {invoice.isError && <ProblemAlert error={invoice.error} onRetry={() => invoice.refetch()} />}
      {invoice.data === null && <p>{t("fee.none")}</p>}
      {invoice.data && <InvoiceLines invoice={invoice.data} />}
    </section>
  );
}

function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  return (
    <>
      <p>
        <strong>{t(`invoice.${invoice.state}`)}</strong>
        {invoice.settle_time && (
          <>
            {" · "}
            <TimeText time={invoice.settle_time} />
          </>
        )}
      </p>
      {invoice.exempt_reason && <p className="step-remark">{invoice.exempt_reason}</p>}
      {invoice.state === "STATE_OPEN" && (
        <p>
          {t("fee.pay")}: <code>{invoice.invoice_id}</code>
        </p>
      )}
      <table className="quiet-table money">
        <caption className="sr-only">{t("fee.lines")}</caption>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.code}>
              <th scope="row" lang="vi">
                {line.title_vi}
                {Number(line.permille) > 0 && (
                  <span className="quiet"> × {formatNumber(Number(line.permille) / 1000, language, 1)}</span>
                )}
              </th>
              <td>{formatDong(line.amount_dong, language)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("fee.sum")}</th>
            <td>{formatDong(invoice.amount_dong, language)}</td>
          </tr>
          <tr>
            <th scope="row">{t("fee.paid")}</th>
            <td>{formatDong(invoice.paid_dong, language)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}
