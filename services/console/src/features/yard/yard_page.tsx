// The yards of one gate: how full they are, by which rule trucks are called, who is called, and who waits and why.
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { may } from "@/lib/access.ts";
import { yardsQuery } from "@/lib/requests/list_yards.ts";
import { gateText } from "@/lib/texts.ts";
import { useDialog } from "@/lib/use_dialog.ts";
import type { Me, Ticket, Yard } from "@/lib/wire.ts";
import { CallDialog } from "./call_dialog.tsx";
import { CheckInDialog } from "./check_in_dialog.tsx";
import { PublishedRule } from "./published_rule.tsx";
import { CalledTickets, WaitingTickets } from "./tickets.tsx";
import { YardList } from "./yard_list.tsx";
import "./yard.css";

type Asked = { kind: "checkIn" } | { kind: "call"; ticket: Ticket };

export function YardPage(props: { me: Me; gate: string | undefined; onGate: (gate: string) => void }) {
  const { t } = useTranslation("yard");
  const { me } = props;
  const yards = useQuery({ ...yardsQuery, staleTime: 5_000, refetchInterval: 10_000 });
  const gates = gatesOf(yards.data ?? [], me);
  const gate = gates.find((each) => each === props.gate) ?? gates[0];
  const own = (yards.data ?? []).filter((yard) => yard.gate_id === gate);
  const { asked, ask, close } = useDialog<Asked>();
  return (
    <Page
      title={gate ? t("titleOf", { gate: gateText(gate) }) : t("title")}
      purpose={t("purpose")}
      actions={
        <>
          {gates.length > 1 && (
            <Select
              aria-label={t("gate")}
              value={gate}
              onChange={props.onGate}
              options={gates.map((each) => ({ value: each, label: gateText(each) }))}
            />
          )}
          {gate && may(me, "YardService.CheckIn") && (
            <Button type="primary" onClick={() => ask({ kind: "checkIn" })}>
              {t("checkIn.button")}
            </Button>
          )}
        </>
      }
    >
      {yards.isError && <ProblemAlert error={yards.error} onRetry={() => yards.refetch()} />}
      {yards.isPending && <p role="status">{t("loading")}</p>}
      {yards.data && !gate && (
        <p className="card" role="status">
          {t("empty")}
        </p>
      )}
      {gate && (
        <>
          <YardList yards={own} loadedAt={yards.isError ? yards.dataUpdatedAt : 0} />
          <PublishedRule gate={gate} />
          <CalledTickets me={me} gate={gate} yards={own} />
          <WaitingTickets me={me} gate={gate} yards={own} onCall={(ticket) => ask({ kind: "call", ticket })} />
        </>
      )}
      {asked?.kind === "checkIn" && <CheckInDialog yards={own} onClose={close} />}
      {asked?.kind === "call" && <CallDialog ticket={asked.ticket} onClose={close} />}
    </Page>
  );
}

// The gates that have yards, and that the person is posted to.
function gatesOf(yards: Yard[], me: Me): string[] {
  const gates = [...new Set(yards.map((yard) => yard.gate_id))];
  return gates.filter((gate) => me.gate_ids.length === 0 || me.gate_ids.includes(gate)).sort();
}
