// How full each yard is: a bar, and the numbers beside it.
import { useTranslation } from "react-i18next";
import { SignalMark } from "@/components/signal.tsx";
import { formatClock, formatNumber } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Yard } from "@/lib/wire.ts";

// From this share on a yard is nearly full.
const nearlyFull = 0.9;

// `loadedAt`: when the numbers came, if they could not be read again since; else 0.
export function YardList({ yards, loadedAt }: { yards: Yard[]; loadedAt: number }) {
  const { t } = useTranslation("yard");
  const { t: common } = useTranslation();
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="yard-places">
      <h2 id="yard-places">{t("places.title")}</h2>
      {loadedAt > 0 && <p className="stale-note">▲ {common("list.stale", { time: formatClock(loadedAt) })}</p>}
      <ul className="yard-list">
        {yards.map((yard) => {
          const share = Math.min(1, yard.occupied_count / yard.slot_count);
          const numbers = {
            used: formatNumber(yard.occupied_count, language),
            slots: formatNumber(yard.slot_count, language),
          };
          return (
            <li key={yard.yard_id}>
              <span className="long-name" lang="vi">
                {yard.title}
              </span>
              <span className="yard-bar" aria-hidden="true">
                <span style={{ width: `${share * 100}%` }} />
              </span>
              <span>
                {t("places.numbers", numbers)}{" "}
                {share >= nearlyFull && (
                  <SignalMark signal="attention" label={t(share >= 1 ? "places.full" : "places.nearlyFull")} />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
