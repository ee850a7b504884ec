// What to search for. Nothing is checked while typing; a time that cannot be read is named when the search is sent.
import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatGateInput, gateMidnight, parseGateTime } from "@/lib/format.ts";
import { serverNow } from "@/lib/server_clock.ts";
import type { PassageFilter } from "./api/search_passages.ts";

export function FilterForm({ filter, onFilter }: { filter: PassageFilter; onFilter: (filter: PassageFilter) => void }) {
  const { t } = useTranslation("passages");
  const [plate, setPlate] = useState(filter.plate ?? "");
  const [lane, setLane] = useState(filter.lane ?? "");
  const [from, setFrom] = useState(formatGateInput(filter.from));
  const [until, setUntil] = useState(formatGateInput(filter.until));
  const [wrong, setWrong] = useState<string[]>([]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [fromTime, untilTime] = [timeOf(from), timeOf(until)];
    const faults = [fromTime === null && "from", untilTime === null && "until"].filter((each) => each !== false);
    const shortPlate = plate.trim().length === 1;
    setWrong(shortPlate ? [...faults, "plate"] : faults);
    if (faults.length > 0 || shortPlate) return;
    onFilter({
      ...filter,
      plate: plate.trim().normalize("NFC") || undefined,
      lane: lane.trim() || undefined,
      from: fromTime ?? undefined,
      until: untilTime ?? undefined,
      page: undefined,
    });
  };

  const day = (days: number) =>
    onFilter({
      ...filter,
      from: gateMidnight(serverNow(), days),
      until: gateMidnight(serverNow(), days + 1),
      page: undefined,
    });

  const field = (name: string, label: string, value: string, set: (value: string) => void, hint?: string) => (
    <label className="field">
      {label}
      <Input
        value={value}
        placeholder={hint}
        status={wrong.includes(name) ? "error" : undefined}
        aria-invalid={wrong.includes(name)}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );

  return (
    <form className="card filter" onSubmit={submit} noValidate>
      {wrong.length > 0 && (
        <p role="alert" className="filter-wrong">
          {t(wrong.includes("plate") ? "filter.plateShort" : "filter.timeWrong")}
        </p>
      )}
      <div className="filter-fields">
        {field("plate", t("filter.plate"), plate, setPlate, "12C-345")}
        {field("lane", t("filter.lane"), lane, setLane, "huu-nghi-x1")}
        {field("from", t("filter.from"), from, setFrom, t("filter.timeForm"))}
        {field("until", t("filter.until"), until, setUntil, t("filter.timeForm"))}
      </div>
      <div className="filter-actions">
        <Button type="primary" htmlType="submit">
          {t("filter.search")}
        </Button>
        <Button onClick={() => day(0)}>{t("filter.today")}</Button>
        <Button onClick={() => day(-1)}>{t("filter.yesterday")}</Button>
        <Button type="text" onClick={() => onFilter({})}>
          {t("filter.clear")}
        </Button>
      </div>
    </form>
  );
}

// "" means no bound; null means that it cannot be read.
function timeOf(text: string): string | null {
  return text.trim() === "" ? "" : parseGateTime(text);
}
