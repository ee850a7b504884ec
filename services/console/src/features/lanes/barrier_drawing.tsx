// The barrier as its switches report it, and beside it, in outline, where it was told to go. Nothing is drawn as up or
// down that no switch has reported.
import { useTranslation } from "react-i18next";
import type { BarrierCommand, BarrierPosition, Lane } from "@/lib/wire.ts";
import "./machine.css";

const angles: Partial<Record<BarrierPosition, number>> = {
  BARRIER_POSITION_DOWN: 0,
  BARRIER_POSITION_MOVING: -38,
  BARRIER_POSITION_UP: -76,
};
const commandedAngles: Partial<Record<BarrierCommand, number>> = {
  BARRIER_COMMAND_RAISE: -76,
  BARRIER_COMMAND_LOWER: 0,
};

export function BarrierDrawing({ lane }: { lane: Lane }) {
  const { t } = useTranslation("lanes");
  const angle = angles[lane.barrier_position];
  const commanded = commandedAngles[lane.barrier_command];
  const apart = commanded !== undefined && commanded !== angle;
  return (
    <div className="barrier">
      <svg viewBox="0 -24 92 96" aria-hidden="true" className={angle === undefined ? "barrier-lost" : undefined}>
        <line className="ground" x1="2" y1="70" x2="90" y2="70" />
        {apart && <Arm angle={commanded} className="arm-commanded" />}
        {angle !== undefined && (
          <Arm angle={angle} className="arm" moving={lane.barrier_position === "BARRIER_POSITION_MOVING"} />
        )}
        <rect className="post" x="10" y="42" width="12" height="28" rx="1.5" />
        {angle === undefined && (
          <text x="46" y="54" className="arm-unknown">
            ?
          </text>
        )}
      </svg>
      <dl className="facts">
        <div>
          <dt>{t("barrier.measured")}</dt>
          <dd>{t(`barrier.position.${lane.barrier_position}`)}</dd>
        </div>
        <div>
          <dt>{t("barrier.commanded")}</dt>
          <dd>{t(`barrier.command.${lane.barrier_command}`)}</dd>
        </div>
      </dl>
    </div>
  );
}

function Arm({ angle, className, moving }: { angle: number; className: string; moving?: boolean }) {
  return (
    <g transform={`rotate(${angle} 16 47)`} className={moving ? `${className} arm-moving` : className}>
      <rect x="16" y="44" width="70" height="6" rx="1" />
      {className === "arm" &&
        [30, 52, 74].map((x) => <rect key={x} className="arm-stripe" x={x} y="44" width="10" height="6" />)}
    </g>
  );
}

// The three loops in the order in which a vehicle meets them.
export function Loops({ lane }: { lane: Lane }) {
  const { t } = useTranslation("lanes");
  const loops = [
    ["arming", lane.arming_loop],
    ["safety", lane.safety_loop],
    ["exit", lane.exit_loop],
  ] as const;
  return (
    <ul className="loops" aria-label={t("loops.title")}>
      {loops.map(([name, occupied]) => (
        <li key={name} data-occupied={occupied}>
          <span className="loop-lamp" aria-hidden="true" />
          {t(`loops.${name}`)}
          <span className="sr-only">{occupied ? t("loops.occupied") : t("loops.free")}</span>
        </li>
      ))}
    </ul>
  );
}
