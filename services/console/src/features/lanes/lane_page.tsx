// One lane large: its tile, the ages of its inputs, its last passages.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { CauseList } from "@/components/cause_list.tsx";
import { Page } from "@/components/page.tsx";
import { PlateText } from "@/components/plate.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { may } from "@/lib/access.ts";
import { formatDuration } from "@/lib/format.ts";
import { gateText, textOfCode } from "@/lib/texts.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Me } from "@/lib/wire.ts";
import { lanePassagesQuery } from "./api/lane_passages.ts";
import { useLaneCommands } from "./lane_commands.tsx";
import type { LiveLane } from "./lane_store.ts";
import { LaneTile } from "./lane_tile.tsx";
import { LiveCamera } from "./live_camera.tsx";
import { useLiveLanes } from "./live_lanes.tsx";
import "./lane_page.css";

export function LanePage({ me, laneId }: { me: Me; laneId: string }) {
  const { t } = useTranslation("lanes");
  const { lanes, connection, problem } = useLiveLanes();
  const live = lanes.find((each) => each.lane.lane_id === laneId);
  const commands = useLaneCommands(lanes, me);
  const title = t("tile.title", { lane: live?.lane.title ?? laneId });
  return (
    <Page title={title} purpose={t("lane.purpose")} actions={<Link to="/lanes">{t("lane.back")}</Link>}>
      {connection === "broken" && problem && <ProblemAlert error={problem} />}
      {!live && connection === "open" && <p>{t("lane.unknown")}</p>}
      {live && (
        <div className="lane-page">
          <div className="lane-page-tile">
            <LaneTile live={live} me={me} onCommand={commands.ask} />
          </div>
          <div className="lane-page-side">
            {may(me, "CameraService.WatchStills") && live.lane.camera_id && (
              <LiveCamera cameraId={live.lane.camera_id} lane={live.lane.title} />
            )}
            <Inputs live={live} />
            {may(me, "ReportService.SearchPassages") && <LastPassages laneId={laneId} />}
          </div>
        </div>
      )}
      {commands.dialog}
    </Page>
  );
}

// What the lane rests its decisions on, and how old each of it is.
function Inputs({ live }: { live: LiveLane }) {
  const { t } = useTranslation("lanes");
  useNow();
  const { lane } = live;
  return (
    <section className="card">
      <h2>{t("inputs.title")}</h2>
      <p>
        {gateText(lane.gate_id)} · {t(`mode.${lane.mode}`)} · <TimeText time={lane.mode_time} />
      </p>
      <CauseList causes={lane.mode_reasons} gateId={lane.gate_id} limit={10} />
      <table className="quiet-table">
        <thead>
          <tr>
            <th scope="col">{t("inputs.name")}</th>
            <th scope="col">{t("inputs.age")}</th>
            <th scope="col">{t("inputs.limit")}</th>
            <th scope="col">{t("inputs.state")}</th>
          </tr>
        </thead>
        <tbody>
          {lane.inputs.map((input) => (
            <tr key={input.name} data-fresh={input.fresh}>
              <th scope="row">{textOfCode("lanes", `input.${input.name}`, {}, input.name)}</th>
              <td>{Number(input.age_ms) < 0 ? t("inputs.never") : formatDuration(Number(input.age_ms))}</td>
              <td>{formatDuration(Number(input.age_limit_ms))}</td>
              <td>{t(input.fresh ? "inputs.fresh" : "inputs.old")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LastPassages({ laneId }: { laneId: string }) {
  const { t } = useTranslation("lanes");
  const passages = useQuery(lanePassagesQuery(laneId));
  return (
    <section className="card">
      <h2>{t("lane.last")}</h2>
      {passages.isError && <ProblemAlert error={passages.error} onRetry={() => passages.refetch()} />}
      {passages.data?.length === 0 && <p>{t("lane.noPassages")}</p>}
      {passages.data && passages.data.length > 0 && (
        <ul className="passage-list">
          {passages.data.map((row) => (
            <li key={row.passage_id}>
              <TimeText time={row.leave_time} />
              {row.plate ? <PlateText plate={row.plate} /> : <span>{t("plate.none")}</span>}
              <span className="quiet">{textOfCode("passages", `kind.${row.kind}`, {}, row.kind)}</span>
            </li>
          ))}
        </ul>
      )}
      <Link to="/passages" search={{ lane: laneId }}>
        {t("lane.allPassages")}
      </Link>
    </section>
  );
}
