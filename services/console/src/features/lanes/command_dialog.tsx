// The frame of a command: what it is aimed at, why, and what became of it. It is tied to the vehicle that stood in the lane
// when it was opened; when that one leaves, or the lane is not heard of, the command goes away.
import { Alert, Button, Modal } from "antd";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration } from "@/lib/format.ts";
import { useNow } from "@/lib/use_now.ts";
import type { LiveLane } from "./lane_store.ts";
import { isStale } from "./lane_view.ts";
import "./command.css";

interface Props {
  live: LiveLane;
  title: string;
  submit: string;
  // The vehicle the command was opened for has left, or the lane no longer takes the command.
  gone: boolean;
  ready: boolean;
  phase: "form" | "sending" | "unknown" | "done";
  onSubmit: () => void;
  onClose: () => void;
  // Keys pressed anywhere in the dialog.
  onKey?: (event: KeyboardEvent) => void;
  children: ReactNode;
}

export function CommandDialog(props: Props) {
  const { t } = useTranslation("lanes");
  const ageMs = Math.max(0, useNow() - props.live.trueAt);
  const stale = isStale(ageMs);
  const open = props.phase === "form" || props.phase === "sending";
  const usable = props.phase === "sending" || (props.phase === "form" && !stale && !props.gone);
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      width={620}
      closable={false}
      mask={{ closable: false }}
      wrapProps={{ onKeyDown: props.onKey }}
      footer={[
        <Button key="close" onClick={props.onClose}>
          {t(props.phase === "done" ? "command.close" : "command.cancel")}
        </Button>,
        usable && (
          <Button
            key="submit"
            type="primary"
            disabled={!props.ready}
            loading={props.phase === "sending"}
            onClick={props.onSubmit}
          >
            {props.submit}
          </Button>
        ),
      ]}
    >
      <div className="command">
        {stale && open && (
          <Alert type="error" role="alert" title={t("command.lost", { time: formatDuration(ageMs) })} />
        )}
        {!stale && props.gone && props.phase === "form" && (
          <Alert type="warning" role="alert" title={t("command.gone")} />
        )}
        {props.children}
      </div>
    </Modal>
  );
}
