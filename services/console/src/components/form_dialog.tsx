// The frame of a form in a dialog: fields, every fault at its field, and what became of it.
import { Button, Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { placesOf, withoutEmpty } from "@/lib/form_faults.ts";
import { useFaults } from "@/lib/use_faults.ts";
import { useOrder } from "@/lib/use_order.ts";
import { FaultList } from "./fault_list.tsx";
import { OrderProblem } from "./order_problem.tsx";

export function FormDialog<Body extends object, Answer>(props: {
  name: string;
  title: string;
  submit: string;
  start: Body;
  act: (body: Body, key: string) => Promise<Answer>;
  ofReason?: Record<string, string>; // fields of reasons that carry no pointer
  labelOf: (field: string) => string;
  onDone?: (answer: Answer) => void;
  // What is shown when it is done; without it onDone closes the dialog.
  done?: (answer: Answer) => ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Body>();
  const order = useOrder(props.act, props.onDone);
  const faults = useFaults(form, order.problem, placesOf(props.ofReason));
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
          <Button key="submit" type="primary" loading={order.phase === "sending"} onClick={() => form.submit()}>
            {props.submit}
          </Button>
        ),
      ]}
    >
      {done}
      <Form<Body>
        form={form}
        name={props.name}
        layout="vertical"
        requiredMark={false}
        initialValues={props.start}
        onFinish={(values) => order.send(withoutEmpty(values))}
        onValuesChange={faults.onValuesChange}
        disabled={order.phase !== "form"}
        hidden={done !== null}
      >
        <FaultList faults={faults} form={form} labelOf={(name) => props.labelOf(String(name.at(-1)))} />
        {faults.found === 0 && <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />}
        {props.children}
      </Form>
    </Modal>
  );
}
