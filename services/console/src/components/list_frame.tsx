// What stands around a list: its problem, how old it is when it could not be read again, emptiness, more.
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format.ts";
import type { Paged } from "@/lib/paged.ts";
import { ProblemAlert } from "./problem_alert.tsx";

export function ListFrame(props: {
  list: Omit<Paged<unknown>, "rows">;
  count: number; // of the rows that are shown
  empty: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { list, count } = props;
  return (
    <>
      {list.problem && <ProblemAlert error={list.problem} onRetry={list.again} />}
      {list.problem && list.loaded && (
        <p className="stale-note">▲ {t("list.stale", { time: formatClock(list.loadedAt) })}</p>
      )}
      {list.loaded && count === 0 && (
        <p className="card" role="status">
          {props.empty}
        </p>
      )}
      {(count > 0 || (!list.loaded && !list.problem)) && props.children}
      {list.more && (
        <p className="pager">
          <Button onClick={list.more}>{t("list.more")}</Button>
        </p>
      )}
    </>
  );
}
