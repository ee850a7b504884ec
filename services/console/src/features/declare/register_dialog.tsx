// The frame of a registration: fields, and every fault at its field.
import { Button, Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FaultList } from "@/components/fault_list.tsx";
import { OrderProblem } from "@/components/order_problem.tsx";
import { useFaults } from "@/lib/use_faults.ts";
import { useOrder } from "@/lib/use_order.ts";
import { fieldOfPointer } from "./declare_form.ts";

export function RegisterDialog<Body extends object, Answer>(props: {
  name: string;
  title: string;
  start: Body;
  act: (body: Body, key: string) => Promise<Answer>;
  ofReason: Record<string, string>;
  labelOf: (field: string) => string;
  onDone: (answer: Answer) => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("declare");
  const [form] = Form.useForm<Body>();
  const order = useOrder(props.act, props.onDone);
  const faults = useFaults(form, order.problem, { ofPointer: fieldOfPointer, ofReason: props.ofReason });
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      closable={false}
      mask={{ closable: false }}
      footer={[
        <Button key="close" onClick={props.onClose}>
          {t("register.cancel")}
        </Button>,
        order.phase !== "unknown" && (
          <Button key="submit" type="primary" loading={order.phase === "sending"} onClick={() => form.submit()}>
            {t("register.submit")}
          </Button>
        ),
      ]}
    >
      <Form<Body>
        form={form}
        name={props.name}
        layout="vertical"
        requiredMark={false}
        initialValues={props.start}
        onFinish={(values) => order.send(withoutEmpty(values))}
        onValuesChange={faults.onValuesChange}
        disabled={order.phase !== "form"}
      >
        <FaultList faults={faults} form={form} labelOf={(name) => props.labelOf(String(name.at(-1)))} />
        {faults.found === 0 && <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />}
        {props.children}
      </Form>
    </Modal>
  );
}

// What was left empty is left out; texts go out composed.
function withoutEmpty<Body extends object>(values: Body): Body {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === "string" ? value.trim().normalize("NFC") : value]),
  ) as Body;
}
