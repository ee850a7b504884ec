// All lanes of the gate on one screen.
import { Alert } from "antd";
import { type CSSProperties, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Signal, SignalMark } from "@/components/signal.tsx";
import { formatPlate } from "@/lib/plate.ts";
import { gateText, problemText } from "@/lib/texts.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Me } from "@/lib/wire.ts";
import { useLaneCommands } from "./lane_commands.tsx";
import type { LiveLane } from "./lane_store.ts";
import { LaneTile } from "./lane_tile.tsx";
import { columnsFor, currentDecision, isStale, signalOf, stateKey } from "./lane_view.ts";
import { useLiveLanes } from "./live_lanes.tsx";
import "./wall.css";

interface Props {
  me: Me;
  gateId: string; // "" shows every gate
  onGate: (gateId: string) => void;
}

export function WallPage({ me, gateId, onGate }: Props) {
  const { t } = useTranslation("lanes");
  const { t: common } = useTranslation();
  const { lanes: all, connection, problem } = useLiveLanes();
  const gates = [...new Set(all.map((live) => live.lane.gate_id))];
  const lanes = gateId ? all.filter((live) => live.lane.gate_id === gateId) : all;
  const commands = useLaneCommands(all, me);
  useEffect(() => {
    document.title = `${t("wall.title")} · ${common("product.name")}`;
  }, [t, common]);

  return (
    <div className="wall">
      <header className="wall-head">
        <h1>{t("wall.title")}</h1>
        <Counts lanes={lanes} />
        {gates.length > 1 && (
          <label className="wall-gate">
            {t("wall.gate")}{" "}
            <select value={gateId} onChange={(event) => onGate(event.target.value)}>
              <option value="">{t("wall.allGates")}</option>
              {gates.map((id) => (
                <option key={id} value={id}>
                  {gateText(id)}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="connection" data-connection={connection}>
          {t(`connection.${connection}`)}
        </span>
      </header>
      {connection === "broken" && problem && (
        <Alert type="warning" role="alert" title={t("wall.broken")} description={problemText(problem)} banner />
      )}
      {connection === "open" && lanes.length === 0 && <p className="wall-empty">{t("wall.empty")}</p>}
      {connection === "opening" && lanes.length === 0 && <p className="wall-empty">{t("wall.opening")}</p>}
      <div className="wall-grid" style={{ "--columns": columnsFor(lanes.length) } as CSSProperties}>
        {lanes.map((live) => (
          <LaneTile key={live.lane.lane_id} live={live} me={me} onCommand={commands.ask} />
        ))}
      </div>
      <Announcer lanes={lanes} />
      {commands.dialog}
    </div>
  );
}

function Counts({ lanes }: { lanes: LiveLane[] }) {
  const { t } = useTranslation("lanes");
  const { t: common } = useTranslation();
  const now = useNow();
  const counts = { urgent: 0, attention: 0, progress: 0, rest: 0, lost: 0 };
  for (const live of lanes) counts[isStale(now - live.trueAt) ? "lost" : signalOf(live.lane)] += 1;
  return (
    <p className="counts">
      {(["urgent", "attention", "progress"] as const).map((signal) => {
        const label = `${counts[signal]} ${common(`signal.${signal}`)}`;
        if (counts[signal] === 0) return <SignalMark key={signal} signal="rest" label={label} />;
        return (
          <button key={signal} type="button" className="count" onClick={() => goToFirst(signal)}>
            <SignalMark signal={signal} label={label} />
          </button>
        );
      })}
      <span className="signal signal-rest">
        {counts.rest} {t("counts.rest")}
      </span>
      {counts.lost > 0 && (
        <span className="signal signal-lost">
          {counts.lost} {t("lost.title")}
        </span>
      )}
    </p>
  );
}

// Takes the reader to the first lane with this sign.
function goToFirst(signal: Signal): void {
  const tile = document.querySelector<HTMLElement>(`.tile[data-signal="${signal}"]`);
  tile?.scrollIntoView({ block: "nearest" });
  tile?.querySelector<HTMLElement>("h2 a")?.focus();
}

// Tells people who do not see the wall that a lane needs somebody: work politely, alarms at once.
function Announcer({ lanes }: { lanes: LiveLane[] }) {
  const { t } = useTranslation("lanes");
  const said = (signal: "urgent" | "attention") =>
    lanes
      .filter(({ lane }) => signalOf(lane) === signal)
      .map(({ lane }) => {
        const plate = currentDecision(lane)?.plate;
        return `${t("tile.title", { lane: lane.title })}: ${t(stateKey(lane))}${plate ? ` ${formatPlate(plate)}` : ""}`;
      })
      .join(". ");
  const [attention, urgent] = [said("attention"), said("urgent")];
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  useEffect(() => setPolite(attention), [attention]);
  useEffect(() => setAssertive(urgent), [urgent]);
  return (
    <div className="sr-only">
      <div aria-live="polite">{polite}</div>
      <div aria-live="assertive">{assertive}</div>
    </div>
  );
}
