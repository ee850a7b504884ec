// The vehicle that a command is about: its picture, the plate as read beside the plate as declared, and what the lane
// thinks of it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Evidence } from "@/components/evidence.tsx";
import { PlateText } from "@/components/plate.tsx";
import { may } from "@/lib/access.ts";
import { differingPlaces, formatPlate } from "@/lib/plate.ts";
import { tripQuery } from "@/lib/requests/get_trip.ts";
import type { Decision, Lane, Me } from "@/lib/wire.ts";
import { DecisionText } from "./decision_text.tsx";

export function VehicleSummary({ decision, lane, me }: { decision: Decision; lane: Lane; me: Me }) {
  const { t } = useTranslation("lanes");
  return (
    <section className="vehicle-summary" aria-label={t("vehicle.title")}>
      {decision.evidence_id && may(me, "LaneService.GetEvidence") && (
        <Evidence
          evidenceId={decision.evidence_id}
          corners={decision.plate_corners}
          plateWidth={150}
          ratio={2.4}
          alt={t("picture.alt", { lane: lane.title, plate: formatPlate(decision.plate) })}
        />
      )}
      <SeenAndDeclared decision={decision} me={me} />
      <DecisionText decision={decision} gateId={lane.gate_id} />
    </section>
  );
}

export function SeenAndDeclared({ decision, me }: { decision: Decision; me: Me }) {
  const { t } = useTranslation("lanes");
  const wanted = decision.trip_id !== "" && may(me, "CustomsService.GetTrip");
  const trip = useQuery({ ...tripQuery(decision.trip_id), enabled: wanted });
  const declared = trip.data?.vehicle?.plate?.normalised ?? "";
  const same = declared !== "" && declared === decision.plate;
  return (
    <dl className="seen-declared">
      <div>
        <dt>{t("vehicle.seen")}</dt>
        <dd>{decision.plate ? <MarkedPlate plate={decision.plate} other={declared} /> : t("plate.none")}</dd>
      </div>
      <div>
        <dt>{t("vehicle.declared")}</dt>
        <dd>
          {declared ? (
            <PlateText plate={declared} size="large" />
          ) : (
            t(trip.isFetching ? "vehicle.asking" : "vehicle.undeclared")
          )}
          {declared && decision.plate && (
            <span className="quiet">{t(same ? "vehicle.same" : "vehicle.different")}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}

// The plate as seen; the characters that differ from the declared one are underlined and outlined.
function MarkedPlate({ plate, other }: { plate: string; other: string }) {
  if (!other || plate === other) return <PlateText plate={plate} size="large" />;
  const differs = differingPlaces(plate, other);
  const shown = [...formatPlate(plate)];
  let place = 0;
  return (
    <span className="plate plate-large">
      {shown.map((character, index) => {
        const counts = /[\p{L}\p{N}]/u.test(character);
        const marked = counts && differs[place];
        if (counts) place += 1;
        // biome-ignore lint/suspicious/noArrayIndexKey: the characters of one word have no other name
        return marked ? <mark key={index}>{character}</mark> : <span key={index}>{character}</span>;
      })}
    </span>
  );
}
