// An order in a dialog: what it does, a few words where the record needs them, and what became of it.
import { type ReactNode, useState } from "react";
import { useOrder } from "@/lib/use_order.ts";
import { OrderFrame, type OrderFrameProps } from "./order_frame.tsx";
import { OrderProblem } from "./order_problem.tsx";
import { RemarkField } from "./remark_field.tsx";

// The fewest characters that the services take as a reason.
const reasonMin = 3;

export function OrderDialog<Answer>(
  props: OrderFrameProps<Answer> & {
    // The words that go into the record; without them the order asks for none.
    words?: { label: string; needed: boolean };
    act: (words: string, key: string) => Promise<Answer>;
    onDone?: (answer: Answer) => void;
    children?: ReactNode;
  },
) {
  const { words, act, onDone, children, ...frame } = props;
  const [text, setText] = useState("");
  const order = useOrder(act, onDone);
  return (
    <OrderFrame
      {...frame}
      order={order}
      ready={!words?.needed || text.trim().length >= reasonMin}
      onSubmit={() => order.send(text.trim().normalize("NFC"))}
    >
      {(isDone) =>
        !isDone && (
          <div className="command">
            {children}
            {words && (
              <RemarkField label={words.label} value={text} onChange={setText} disabled={order.phase !== "form"} />
            )}
            <OrderProblem phase={order.phase} problem={order.problem} askAgain={order.askAgain} />
          </div>
        )
      }
    </OrderFrame>
  );
}
