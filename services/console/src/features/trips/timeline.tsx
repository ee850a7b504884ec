// Everything that happened to the trip, oldest first, as the report service recorded it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import type { TripStep } from "@/lib/steps.ts";
import { textOfCode } from "@/lib/texts.ts";
import type { TimelineEntry } from "@/lib/wire.ts";
import { tripTimelineQuery } from "./api/trip_timeline.ts";

export function Timeline({ tripId, steps }: { tripId: string; steps: TripStep[] }) {
  const { t } = useTranslation("trips");
  const timeline = useQuery({ ...tripTimelineQuery(tripId), refetchInterval: 5_000 });
  return (
    <section className="card">
      <h2>{t("timeline.title")}</h2>
      {timeline.isError && <ProblemAlert error={timeline.error} onRetry={() => timeline.refetch()} />}
      {timeline.data?.length === 0 && <p>{t("timeline.none")}</p>}
      <ol className="timeline">
        {timeline.data?.map((entry) => (
          <li key={`${entry.event_time} ${entry.event_kind} ${entry.params.step_id ?? ""}`}>
            <TimeText time={entry.event_time} />
            <span>{textOfEntry(entry, steps)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function textOfEntry(entry: TimelineEntry, steps: TripStep[]): string {
  const step = steps.find((each) => each.step_id === entry.params.step_id);
  return textOfCode("events", entry.event_kind, { ...entry.params, step: step?.title ?? entry.params.step_id ?? "…" });
}
