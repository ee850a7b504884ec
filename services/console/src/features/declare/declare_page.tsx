// Declares a trip: one form, once, for every agency. What is wrong is said at the field, all of it at once.
import { useQuery } from "@tanstack/react-query";
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { FaultList } from "@/components/fault_list.tsx";
import { OrderProblem } from "@/components/order_problem.tsx";
import { Page } from "@/components/page.tsx";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { gatesQuery } from "@/lib/requests/list_gates.ts";
import { serverNow } from "@/lib/server_clock.ts";
import { useFaults } from "@/lib/use_faults.ts";
import { useOrder } from "@/lib/use_order.ts";
import { declareTrip } from "./api/declare_trip.ts";
import { lastTripQuery } from "./api/last_trip.ts";
import { bodyOf, type DeclareForm, fieldOfPointer, fieldOfReason, newForm } from "./declare_form.ts";
import { GoodsFields } from "./goods_fields.tsx";
import { QuarantineFields, RouteFields } from "./header_fields.tsx";
import { VehicleFields } from "./vehicle_fields.tsx";
import "./declare.css";

export function DeclarePage({ onDeclared }: { onDeclared: (tripId: string) => void }) {
  const { t } = useTranslation("declare");
  const gates = useQuery(gatesQuery);
  const last = useQuery(lastTripQuery);
  const problem = gates.error ?? last.error;
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      {problem && (
        <ProblemAlert
          error={problem}
          onRetry={() => {
            void gates.refetch();
            void last.refetch();
          }}
        />
      )}
      {!problem && (gates.isPending || last.isPending) && <p role="status">{t("loading")}</p>}
      {gates.data && last.data !== undefined && (
        <Declaration
          gates={gates.data}
          start={newForm(serverNow(), gates.data[0] ?? "", last.data)}
          onDeclared={onDeclared}
        />
      )}
    </Page>
  );
}

function Declaration(props: { gates: string[]; start: DeclareForm; onDeclared: (tripId: string) => void }) {
  const { t } = useTranslation("declare");
  const [form] = Form.useForm<DeclareForm>();
  const order = useOrder(declareTrip, (answer) => props.onDeclared(answer.trip.trip_id));
  const faults = useFaults(form, order.problem, { ofPointer: fieldOfPointer, ofReason: fieldOfReason });
  return (
    <Form<DeclareForm>
      form={form}
      name="declare"
      layout="vertical"
      requiredMark={false}
      initialValues={props.start}
      onFinish={(values) => order.send(bodyOf(values))}
      onValuesChange={faults.onValuesChange}
      disabled={order.phase === "sending" || order.phase === "unknown"}
      className="declare"
    >
      <FaultList faults={faults} form={form} labelOf={(name) => labelOf(name, t)} />
      {faults.found === 0 && <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />}
      <RouteFields gates={props.gates} form={form} />
      <VehicleFields form={form} />
      <GoodsFields />
      <QuarantineFields />
      <p className="declare-submit">
        <Button type="primary" size="large" htmlType="submit" loading={order.phase === "sending"}>
          {t("submit")}
        </Button>
        <span className="quiet">{t("submitHint")}</span>
      </p>
    </Form>
  );
}

// "Mã HS, dòng 2"
function labelOf(name: (string | number)[], t: ReturnType<typeof useTranslation<"declare">>["t"]): string {
  const last = String(name.at(-1));
  const label = t(`field.${last}` as "field.plate", { defaultValue: last });
  return typeof name[1] === "number" ? t("goods.inLine", { label, line: name[1] + 1 }) : label;
}
