// A form in a dialog.
import { Form } from "antd";
import { useOrder } from "@/lib/use_order.ts";
import { OrderForm, type OrderFormProps } from "./order_form.tsx";
import { OrderFrame, type OrderFrameProps } from "./order_frame.tsx";

export function FormDialog<Body extends object, Answer>(
  props: OrderFormProps<Body> &
    OrderFrameProps<Answer> & {
      act: (body: Body, key: string) => Promise<Answer>;
      onDone?: (answer: Answer) => void;
    },
) {
  const { name, start, ofReason, labelOf, children, act, onDone, ...frame } = props;
  const [form] = Form.useForm<Body>();
  const order = useOrder(act, onDone);
  return (
    <OrderFrame {...frame} order={order} onSubmit={() => form.submit()}>
      {(isDone) => (
        <OrderForm {...{ name, start, ofReason, labelOf, form, order }} hidden={isDone}>
          {children}
        </OrderForm>
      )}
    </OrderFrame>
  );
}
