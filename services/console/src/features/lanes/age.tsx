// How old a lane's picture is, and how long a vehicle has stood before the barrier.
import { useTranslation } from "react-i18next";
import { formatDuration } from "@/lib/format.ts";
import { serverNow } from "@/lib/server_clock.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Lane } from "@/lib/wire.ts";
import { isWaiting, waitTargetMs } from "./lane_view.ts";

// Lanes report every second or two: a number is worth looking at only when one is late.
const lateAfterMs = 3_000;

export function Age({ ageMs }: { ageMs: number }) {
  const { t } = useTranslation("lanes");
  return (
    <span className="age">{ageMs < lateAfterMs ? t("age.live") : t("age.ago", { time: formatDuration(ageMs) })}</span>
  );
}

export function WaitBar({ lane }: { lane: Lane }) {
  const { t } = useTranslation("lanes");
  useNow();
  if (!isWaiting(lane) || !lane.state_time) return null;
  const waited = Math.max(0, serverNow() - Date.parse(lane.state_time));
  const over = waited > waitTargetMs;
  return (
    <div className="wait" data-over={over}>
      <span>
        {t("wait.label", { time: formatDuration(waited) })}
        {over && ` · ${t("wait.over")}`}
      </span>
      <span className="wait-track" aria-hidden="true">
        <span style={{ width: `${Math.min(1, waited / (waitTargetMs * 1.25)) * 100}%` }} />
      </span>
    </div>
  );
}
