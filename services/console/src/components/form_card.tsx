// A form that is a page's content.
import { Button, Form } from "antd";
import { useOrder } from "@/lib/use_order.ts";
import { OrderForm, type OrderFormProps } from "./order_form.tsx";

export function FormCard<Body extends object, Answer>(
  props: OrderFormProps<Body> & {
    submit: string;
    act: (body: Body, key: string) => Promise<Answer>;
    onDone: (answer: Answer, body: Body) => void;
  },
) {
  const [form] = Form.useForm<Body>();
  const order = useOrder(props.act, (answer) => props.onDone(answer, form.getFieldsValue()));
  return (
    <div className="card form-card">
      <OrderForm {...props} form={form} order={order}>
        {props.children}
        {order.phase !== "unknown" && (
          <Button type="primary" htmlType="submit" loading={order.phase === "sending"} disabled={false}>
            {props.submit}
          </Button>
        )}
      </OrderForm>
    </div>
  );
}
