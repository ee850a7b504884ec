// A form in a dialog.
import { Button, Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOrder } from "@/lib/use_order.ts";
import { OrderForm, type OrderFormProps } from "./order_form.tsx";

export function FormDialog<Body extends object, Answer>(
  props: OrderFormProps<Body> & {
    title: string;
    submit: string;
    act: (body: Body, key: string) => Promise<Answer>;
    onDone?: (answer: Answer) => void;
    // What is shown when it is done; without it onDone closes the dialog.
    done?: (answer: Answer) => ReactNode;
    onClose: () => void;
  },
) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Body>();
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
          <Button key="submit" type="primary" loading={order.phase === "sending"} onClick={() => form.submit()}>
            {props.submit}
          </Button>
        ),
      ]}
    >
      {done}
      <OrderForm {...props} form={form} order={order} hidden={done !== null} />
    </Modal>
  );
}
