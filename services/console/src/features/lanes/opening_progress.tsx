// What became of an opening, by the barrier's own switches: order sent, opening, open. An order that no switch answers is
// said to be unconfirmed, not open.
import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/lib/use_now.ts";
import type { LiveLane } from "./lane_store.ts";
import { isStale, type Opening, openingOf } from "./lane_view.ts";

const order = ["sent", "moving", "open"] as const;

export function OpeningProgress({ live, acceptedAt }: { live: LiveLane; acceptedAt: number }) {
  const { t } = useTranslation("lanes");
  const now = useNow();
  const { lane } = live;
  const newer = live.trueAt >= acceptedAt;
  const seen: Opening = openingOf(
    newer ? lane.barrier_command : "BARRIER_COMMAND_NONE",
    newer ? lane.barrier_position : "BARRIER_POSITION_UNSPECIFIED",
    now - acceptedAt,
  );
  const [wasOpen, setWasOpen] = useState(false);
  useEffect(() => {
    if (seen === "open") setWasOpen(true);
  }, [seen]);
  const opening = wasOpen ? "open" : seen;
  const lost = isStale(now - live.trueAt) && !wasOpen;
  const reached = opening === "open" ? 2 : opening === "moving" ? 1 : 0;

  return (
    <div className="opening">
      <ol className="opening-steps">
        {order.map((step, place) => (
          <li key={step} data-reached={place <= reached} aria-current={place === reached ? "step" : undefined}>
            {t(`opening.${step}`)}
          </li>
        ))}
      </ol>
      <p role="status" className="opening-now">
        {lost ? t("opening.lost") : t(`opening.${opening}.text`)}
      </p>
      {!lost && (opening === "unconfirmed" || opening === "unknown") && (
        <Alert type="error" role="alert" title={t(`opening.${opening}.text`)} description={t("opening.advice")} />
      )}
    </div>
  );
}
