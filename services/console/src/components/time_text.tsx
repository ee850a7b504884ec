import { formatTime } from "@/lib/format.ts";
import { useLanguage } from "@/lib/use_language.ts";

// An instant in the gate's time zone; machines read the exact one.
export function TimeText({ time }: { time: string | undefined }) {
  const language = useLanguage();
  return <time dateTime={time}>{formatTime(time, language)}</time>;
}
