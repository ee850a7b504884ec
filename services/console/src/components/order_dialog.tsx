// The frame of an order: what it does, a few words where the record needs them, and what became of it.
import { Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrder } from "@/lib/use_order.ts";
import { OrderProblem } from "./order_problem.tsx";
import { RemarkField } from "./remark_field.tsx";

// The fewest characters that the services take as a reason.
const reasonMin = 3;

export function OrderDialog<Answer>(props: {
  title: string;
  submit: string;
  // The words that go into the record; without them the order asks for none.
  words?: { label: string; needed: boolean };
  act: (words: string, key: string) => Promise<Answer>;
  onDone?: (answer: Answer) => void;
  // What is shown when it is done; without it onDone closes the dialog.
  done?: (answer: Answer) => ReactNode;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { words } = props;
  const [text, setText] = useState("");
  const order = useOrder(props.act, props.onDone);
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
            disabled={words?.needed === true && text.trim().length < reasonMin}
            loading={order.phase === "sending"}
            onClick={() => order.send(text.trim().normalize("NFC"))}
          >
            {props.submit}
          </Button>
        ),
      ]}
    >
      <div className="command">
        {done ?? (
          <>
            {props.children}
            {words && (
              <RemarkField label={words.label} value={text} onChange={setText} disabled={order.phase !== "form"} />
            )}
            <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />
          </>
        )}
      </div>
    </Modal>
  );
}
