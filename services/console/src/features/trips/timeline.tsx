// Everything that happened to the trip, oldest first, as the report service recorded it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import type { TripStep } from "@/lib/steps.ts";
import { causeText, textOfCode } from "@/lib/texts.ts";
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
  const stepTitle = (stepId: string) => steps.find((each) => each.step_id === stepId)?.title ?? stepId;
  if (entry.event_kind === "lane.decision.made") return textOfDecision(entry.params, stepTitle);
  return textOfCode("events", entry.event_kind, { ...entry.params, step: stepTitle(entry.params.step_id ?? "…") });
}

// Why is not told to everybody: see TimelineEntry in the contract.
function textOfDecision(params: TimelineEntry["params"], stepTitle: (stepId: string) => string): string {
  const outcome = textOfCode("lanes", `outcome.OUTCOME_${params.outcome?.toUpperCase()}`);
  if (!params.reason) return textOfCode("events", "lane.decision.made", { ...params, outcome });
  const why = causeText({ code: params.reason, params }, stepTitle);
  return textOfCode("events", "lane.decision.explained", { ...params, outcome, why });
}
