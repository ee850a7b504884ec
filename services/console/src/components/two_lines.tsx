import type { ReactNode } from "react";

// What counts, and below it what explains it.
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <div className="two-lines">
      <div>{first}</div>
      <div className="quiet">{second}</div>
    </div>
  );
}
