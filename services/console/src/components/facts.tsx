// Names and values side by side.
import type { ReactNode } from "react";

export interface Fact {
  key: string;
  label: string;
  children: ReactNode;
}

export function Facts({ items, columns = 1 }: { items: Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className="fact-list" data-columns={columns}>
      {items.map((item) => (
        <div key={item.key}>
          <dt>{item.label}</dt>
          <dd>{item.children}</dd>
        </div>
      ))}
    </dl>
  );
}
