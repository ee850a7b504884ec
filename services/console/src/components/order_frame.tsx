// The dialog of an order: its title, its two buttons, what is shown when it is done.
import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Order } from "@/lib/use_order.ts";

// What every such dialog is told.
export interface OrderFrameProps<Answer> {
  title: string;
  submit: string;
  // What is shown when it is done; without it the caller closes the dialog.
  done?: (answer: Answer) => ReactNode;
  onClose: () => void;
}

export function OrderFrame<Body, Answer>(
  props: OrderFrameProps<Answer> & {
    order: Order<Body, Answer>;
    ready?: boolean; // whether it may be sent
    onSubmit: () => void;
    children: (isDone: boolean) => ReactNode;
  },
) {
  const { t } = useTranslation();
  const { order } = props;
  const done = order.answer && props.done ? props.done(order.answer) : null;
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      closable={false}
      mask={{ closable: false }}
      keyboard={!done}
      footer={[
        <Button key="close" onClick={props.onClose}>
          {t(done ? "dialog.close" : "dialog.cancel")}
        </Button>,
        !done && order.phase !== "unknown" && (
          <Button
            key="submit"
            type="primary"
            disabled={props.ready === false}
            loading={order.phase === "sending"}
            onClick={props.onSubmit}
          >
            {props.submit}
          </Button>
        ),
      ]}
    >
      {done && <div className="command">{done}</div>}
      {props.children(done !== null)}
    </Modal>
  );
}
