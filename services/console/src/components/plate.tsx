// A plate in large letters, drawn as a plate. Chinese plates carry their language, for fonts and screen readers.
import { formatPlate, hasChinese } from "@/lib/plate.ts";

export function PlateText({ plate, size = "normal" }: { plate: string; size?: "normal" | "large" }) {
  return (
    <span className={`plate plate-${size}`} lang={hasChinese(plate) ? "zh-Hans" : undefined} translate="no">
      {formatPlate(plate)}
    </span>
  );
}
