// Every fault of a form that is not worked on yet, above it, with a way to each field. It takes the focus when it appears.
import { Alert, type FormInstance } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Faults } from "@/lib/use_faults.ts";

export function FaultList<Values>(props: {
  faults: Faults;
  form: FormInstance<Values>;
  labelOf: (name: (string | number)[]) => string;
}) {
  const { t } = useTranslation();
  const { faults, form, labelOf } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.found > 0) box.current?.focus();
  }, [faults.found]);
  if (faults.open.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} className="focus-target fault-list">
      <Alert
        type="error"
        role="alert"
        title={t("faults.title", { count: faults.open.length })}
        description={
          <ul className="plain-list">
            {faults.open.map((fault) => (
              <li key={`${fault.name.join(".")} ${fault.text}`}>
                <a
                  href={`#${fault.name.join("_")}`}
                  onClick={(event) => {
                    event.preventDefault();
                    form.scrollToField(fault.name as never, { focus: true, block: "center" });
                  }}
                >
                  {labelOf(fault.name)}
                </a>
                : {fault.text}
              </li>
            ))}
          </ul>
        }
      />
    </div>
  );
}
