// What the lane's camera sees now: two pictures a second at the most. A hidden tab asks for none. A picture that is old
// says so and is dimmed, so that nobody takes an empty lane of a minute ago for one of now.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/problem_alert.tsx";
import { TimeText } from "@/components/time_text.tsx";
import type { Problem } from "@/lib/problem.ts";
import { serverNow } from "@/lib/server_clock.ts";
import { textOfCode } from "@/lib/texts.ts";
import { useNow } from "@/lib/use_now.ts";
import type { Still } from "@/lib/wire.ts";
import { watchCamera } from "./api/watch_camera.ts";

// The server says so itself after 5 s without a frame; longer means that the connection is gone.
const staleAfterMs = 6_000;

export function LiveCamera({ cameraId, lane }: { cameraId: string; lane: string }) {
  const { t } = useTranslation("lanes");
  const { picture, faultCode, problem } = useCamera(cameraId);
  useNow();
  const age = picture?.frame_time ? serverNow() - Date.parse(picture.frame_time) : 0;
  const stale = faultCode !== "" || problem !== null || age > staleAfterMs;
  return (
    <section className="card">
      <h2>{t("live.title")}</h2>
      {problem && <ProblemAlert error={problem} />}
      {!picture && !problem && <p>{t(faultCode ? "live.none" : "live.opening")}</p>}
      {faultCode && <p>{textOfCode("reasons", faultCode, {}, faultCode)}</p>}
      {picture && (
        <figure className="live-camera" data-stale={stale}>
          <img src={`data:image/jpeg;base64,${picture.jpeg}`} alt={t("live.alt", { lane })} />
          <figcaption>
            {t(stale ? "live.stale" : "live.now")} <TimeText time={picture.frame_time} />
          </figcaption>
        </figure>
      )}
    </section>
  );
}

function useCamera(cameraId: string): { picture: Still | null; faultCode: string; problem: Problem | null } {
  const [picture, setPicture] = useState<Still | null>(null);
  const [faultCode, setFaultCode] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let close: (() => void) | null = null;
    const follow = () => {
      if (document.visibilityState === "hidden") {
        close?.();
        close = null;
      } else {
        close ??= watchCamera(cameraId, {
          onStill: (still) => {
            setProblem(null);
            setFaultCode(still.fault_code);
            if (still.jpeg) setPicture(still);
          },
          onProblem: setProblem,
        });
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      close?.();
      setPicture(null);
    };
  }, [cameraId]);

  return { picture, faultCode, problem };
}
