// One lane on the wall. Grey at rest; a sign only when somebody must act; hatched and without commands when its picture
// is no longer true.

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { CauseList } from "@/components/cause_list.tsx";
import { Evidence } from "@/components/evidence.tsx";
import { PlateText } from "@/components/plate.tsx";
import { SignalMark } from "@/components/signal.tsx";
import { may, mayAt } from "@/lib/access.ts";
import { formatClock, formatDuration, formatMassKg, formatShare } from "@/lib/format.ts";
import { formatPlate } from "@/lib/plate.ts";
import { directionText } from "@/lib/texts.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Decision, Lane, Me } from "@/lib/wire.ts";
import { Age, WaitBar } from "./age.tsx";
import { BarrierDrawing, Loops } from "./barrier_drawing.tsx";
import { DecisionText } from "./decision_text.tsx";
import type { LiveLane } from "./lane_store.ts";
import { currentDecision, isStale, signalOf, stateKey, takesOpening, takesRefusal } from "./lane_view.ts";
import "./tile.css";

export type LaneCommand = "open" | "refuse" | "mode";

interface Props {
  live: LiveLane;
  me: Me;
  onCommand: (laneId: string, command: LaneCommand) => void;
}

export function LaneTile({ live, me, onCommand }: Props) {
  const { t } = useTranslation("lanes");
  const ageMs = Math.max(0, useNow() - live.trueAt);
  const { lane } = live;
  const stale = isStale(ageMs);
  const signal = stale ? "rest" : signalOf(lane);
  const titleId = `lane-${lane.lane_id}`;
  return (
    <article className="tile" data-signal={signal} data-stale={stale} aria-labelledby={titleId}>
      <header className="tile-head">
        <h2 id={titleId}>
          <Link
            to="/lanes/$laneId"
            params={{ laneId: lane.lane_id }}
            aria-label={t("tile.title", { lane: lane.title })}
          >
            {lane.title}
          </Link>
        </h2>
        <span className="quiet">{directionText(lane.direction)}</span>
        {!stale && <SignalMark signal={signal} label={t(stateKey(lane))} />}
      </header>
      <div className="tile-body">
        <TilePicture lane={lane} me={me} />
        <div className="tile-facts">
          <TileDecision lane={lane} />
          <WaitBar lane={lane} />
          <div className="tile-machine">
            <BarrierDrawing lane={lane} />
            <Loops lane={lane} />
          </div>
        </div>
        {stale && (
          <div className="tile-lost" role="status">
            <strong>{t("lost.title")}</strong> <span>{formatDuration(ageMs)}</span>
          </div>
        )}
      </div>
      {!stale && <TileActions lane={lane} me={me} onCommand={onCommand} />}
      <footer className="tile-foot">
        <TileMode lane={lane} me={me} stale={stale} onCommand={onCommand} />
        <span>{t("tile.passages", { count: lane.passages_today })}</span>
        <Age ageMs={ageMs} />
      </footer>
    </article>
  );
}

function TilePicture({ lane, me }: { lane: Lane; me: Me }) {
  const { t } = useTranslation("lanes");
  const decision = lane.decision;
  const current = currentDecision(lane);
  if (!may(me, "LaneService.GetEvidence")) return <div className="evidence evidence-none">{t("picture.notYours")}</div>;
  if (lane.state === "LANE_STATE_IDENTIFYING")
    return <div className="evidence evidence-none">{t("picture.reading")}</div>;
  if (!decision?.evidence_id) return <div className="evidence evidence-none">{t("picture.none")}</div>;
  return (
    <figure className="tile-picture" data-past={!current}>
      <Evidence
        evidenceId={decision.evidence_id}
        corners={decision.plate_corners}
        plateWidth={96}
        ratio={2.2}
        alt={t("picture.alt", { lane: lane.title, plate: formatPlate(decision.plate) })}
      />
      {!current && (
        <figcaption>
          {t("picture.before", { plate: formatPlate(decision.plate), time: formatClock(decision.decide_time) })}
        </figcaption>
      )}
    </figure>
  );
}

function TileDecision({ lane }: { lane: Lane }) {
  const { t } = useTranslation("lanes");
  const decision = currentDecision(lane);
  return (
    <>
      {lane.faults.length > 0 && <CauseList causes={lane.faults} gateId={lane.gate_id} limit={2} />}
      {decision && <SeenPlate decision={decision} />}
      {decision && <DecisionText decision={decision} gateId={lane.gate_id} limit={2} />}
      {!decision && lane.state === "LANE_STATE_IDENTIFYING" && <p className="outcome">{t("reading.text")}</p>}
      {lane.mode_reasons.length > 0 && lane.mode !== "MODE_AUTO" && (
        <CauseList causes={lane.mode_reasons} gateId={lane.gate_id} limit={1} />
      )}
    </>
  );
}

export function SeenPlate({ decision }: { decision: Decision }) {
  const { t } = useTranslation("lanes");
  const language = useLanguage();
  if (!decision.plate) return <p className="plate-line quiet">{t("plate.none")}</p>;
  return (
    <p className="plate-line">
      {decision.trip_id ? (
        <Link to="/trips/$tripId" params={{ tripId: decision.trip_id }}>
          <PlateText plate={decision.plate} size="large" />
        </Link>
      ) : (
        <PlateText plate={decision.plate} size="large" />
      )}
      {decision.confidence > 0 && (
        <span className="quiet confidence">
          {t(decision.confidence >= 0.9 ? "confidence.sure" : "confidence.unsure")}{" "}
          {formatShare(decision.confidence, language)}
        </span>
      )}
      {decision.weight_kg > 0 && (
        <span className="quiet">
          {t("weight.label")} {formatMassKg(String(decision.weight_kg), language)}
        </span>
      )}
    </p>
  );
}

function TileActions({ lane, me, onCommand }: { lane: Lane; me: Me; onCommand: Props["onCommand"] }) {
  const { t } = useTranslation("lanes");
  const open = takesOpening(lane) && mayAt(me, "LaneService.OpenBarrier", lane.gate_id);
  const refuse = takesRefusal(lane) && mayAt(me, "LaneService.RefuseVehicle", lane.gate_id);
  if (!open && !refuse) return null;
  const name = { lane: lane.title };
  return (
    <div className="tile-actions">
      {open && (
        <Button type="primary" aria-label={t("open.of", name)} onClick={() => onCommand(lane.lane_id, "open")}>
          {t("open.button")}
        </Button>
      )}
      {refuse && (
        <Button aria-label={t("refuse.of", name)} onClick={() => onCommand(lane.lane_id, "refuse")}>
          {t("refuse.button")}
        </Button>
      )}
    </div>
  );
}

// The mode; for those who may set it, the way to do so.
function TileMode(props: { lane: Lane; me: Me; stale: boolean; onCommand: Props["onCommand"] }) {
  const { t } = useTranslation("lanes");
  const { lane, me, stale, onCommand } = props;
  const mode = t(`mode.${lane.mode}`);
  if (stale || !mayAt(me, "LaneService.SetLaneMode", lane.gate_id)) return <span>{mode}</span>;
  return (
    <button
      type="button"
      className="tile-mode"
      aria-label={t("mode.of", { mode, lane: lane.title })}
      onClick={() => onCommand(lane.lane_id, "mode")}
    >
      {mode}
    </button>
  );
}
