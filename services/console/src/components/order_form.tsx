// A form that sends one order: fields, every fault at its field, and what became of it.
import { Form, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { placesOf, withoutEmpty } from "@/lib/form_faults.ts";
import { useFaults } from "@/lib/use_faults.ts";
import type { Order } from "@/lib/use_order.ts";
import { FaultList } from "./fault_list.tsx";
import { OrderProblem } from "./order_problem.tsx";

export interface OrderFormProps<Body> {
  name: string;
  start: Body;
  ofReason?: Record<string, string>; // fields of reasons that carry no pointer
  labelOf: (field: string) => string;
  children: ReactNode;
}

export function OrderForm<Body extends object, Answer>(
  props: OrderFormProps<Body> & { form: FormInstance<Body>; order: Order<Body, Answer>; hidden?: boolean },
) {
  const { form, order } = props;
  const faults = useFaults(form, order.problem, placesOf(props.ofReason));
  return (
    <Form<Body>
      form={form}
      name={props.name}
      layout="vertical"
      requiredMark={false}
      initialValues={props.start}
      onFinish={(values) => order.send(withoutEmpty(values))}
      onValuesChange={faults.onValuesChange}
      disabled={order.phase !== "form"}
      hidden={props.hidden}
    >
      <FaultList faults={faults} form={form} labelOf={(name) => props.labelOf(String(name.at(-1)))} />
      {faults.found === 0 && <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />}
      {props.children}
    </Form>
  );
}
