// What waits for the reader's agency, who waits longest first, and what the agency itself holds. Each can be done from here.
// Trips that another agency holds are among them: the hold stops the truck, not the other agencies' work.
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ListFrame } from "@/components/list_frame.tsx";
import { ListTable } from "@/components/list_table.tsx";
import { Page } from "@/components/page.tsx";
import { PlateText } from "@/components/plate.tsx";
import { SignalMark } from "@/components/signal.tsx";
import { TimeText } from "@/components/time_text.tsx";
import { TwoLines } from "@/components/two_lines.tsx";
import { stepRolesOf } from "@/lib/access.ts";
import { formatWait } from "@/lib/format.ts";
import { formatPlate, hasChinese } from "@/lib/plate.ts";
import { serverNow } from "@/lib/server_clock.ts";
import type { TripStep } from "@/lib/steps.ts";
import { directionText, gateText } from "@/lib/texts.ts";
import { useDialog } from "@/lib/use_dialog.ts";
import { useLanguage } from "@/lib/use_language.ts";
import type { Me, Trip } from "@/lib/wire.ts";
import type { StepAct } from "./api/act_on_step.ts";
import { StepDialog } from "./step_dialog.tsx";
import { useTripRows } from "./trip_rows.tsx";
import { actsOn } from "./trip_view.ts";
import "./trips.css";

interface WorkRow {
  trip: Trip;
  step: TripStep;
}
interface Asked extends WorkRow {
  act: StepAct;
}

export function WorkPage({ me }: { me: Me }) {
  const { t } = useTranslation("trips");
  const waiting = useTripRows(me, { openStepRoles: stepRolesOf(me), oldestFirst: true });
  const held = useTripRows(me, { state: "STATE_HELD", oldestFirst: true });
  const open = rowsIn("STATE_OPEN", waiting.rows);
  const stopped = rowsIn("STATE_HELD", held.rows);
  const { asked, ask, close } = useDialog<Asked>();
  return (
    <Page title={t("work.title")} purpose={t("work.purpose")}>
      <ListFrame list={waiting} count={open.length} empty={t("work.empty")}>
        <WorkTable rows={open} loading={!waiting.loaded} me={me} onAsk={ask} />
      </ListFrame>
      {(stopped.length > 0 || held.problem) && (
        <>
          <h2 className="list-title">{t("work.held")}</h2>
          <ListFrame list={held} count={stopped.length} empty="">
            <WorkTable rows={stopped} loading={false} me={me} onAsk={ask} />
          </ListFrame>
        </>
      )}
      {asked && <StepDialog trip={asked.trip} step={asked.step} act={asked.act} onClose={close} />}
    </Page>
  );
}

// One row a step of the reader's agency that is in this state.
function rowsIn(state: TripStep["state"], rows: { trip: Trip; steps: TripStep[] }[]): WorkRow[] {
  return rows.flatMap(({ trip, steps }) =>
    steps.filter((step) => step.mine && step.state === state).map((step) => ({ trip, step })),
  );
}

function WorkTable(props: { rows: WorkRow[]; loading: boolean; me: Me; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation("trips");
  const language = useLanguage();
  return (
    <ListTable<WorkRow>
      rowKey={({ trip, step }) => `${trip.trip_id} ${step.step_id}`}
      rows={props.rows}
      loading={props.loading}
      columns={[
        { title: t("column.plate"), render: ({ trip }: WorkRow) => <TripLink trip={trip} /> },
        {
          title: t("column.step"),
          render: ({ trip, step }: WorkRow) => (
            <TwoLines
              first={step.title}
              second={
                step.remark ||
                (trip.state === "STATE_HELD" && <SignalMark signal="attention" label={t("work.heldElsewhere")} />)
              }
            />
          ),
        },
        {
          title: t("column.goods"),
          render: ({ trip }: WorkRow) => (
            <TwoLines
              first={<GoodsText trip={trip} />}
              second={
                <>
                  {gateText(trip.gate_id)} · {directionText(trip.direction)}
                  {trip.perishable && <span className="badge">{t("perishable")}</span>}
                </>
              }
            />
          ),
        },
        {
          title: t("column.declared"),
          render: ({ trip }: WorkRow) => (
            <TwoLines
              first={<TimeText time={trip.declare_time} />}
              second={t("work.waited", {
                time: formatWait(serverNow() - Date.parse(trip.declare_time ?? ""), language),
              })}
            />
          ),
        },
        {
          title: <span className="sr-only">{t("column.acts")}</span>,
          align: "right",
          render: (row: WorkRow) => <Acts row={row} me={props.me} onAsk={props.onAsk} />,
        },
      ]}
    />
  );
}

function TripLink({ trip }: { trip: Trip }) {
  const { t } = useTranslation("trips");
  const plate = trip.vehicle?.plate?.normalised ?? "";
  return (
    <Link
      to="/trips/$tripId"
      params={{ tripId: trip.trip_id }}
      aria-label={t("trip.title", { plate: formatPlate(plate) })}
    >
      <PlateText plate={plate} />
    </Link>
  );
}

function GoodsText({ trip }: { trip: Trip }) {
  const text = trip.goods.map((line) => line.description).join(", ");
  return (
    <span className="long-name" lang={hasChinese(text) ? "zh-Hans" : undefined}>
      {text || "–"}
    </span>
  );
}

function Acts({ row, me, onAsk }: { row: WorkRow; me: Me; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation("trips");
  const plate = formatPlate(row.trip.vehicle?.plate?.normalised ?? "");
  return (
    <div className="row-acts">
      {actsOn(row.trip, row.step, me).map((act) => (
        <Button
          key={act}
          type={act === "hold" ? "default" : "primary"}
          aria-label={t(`act.${act}.title`, { step: row.step.title, plate })}
          onClick={() => onAsk({ ...row, act })}
        >
          {t(`act.${act}.button`)}
        </Button>
      ))}
    </div>
  );
}
