import { post } from "@/lib/http.ts";
import type { DeclareTripBody, Trip } from "@/lib/wire.ts";

// Declares a trip. Every fault of the form is named at once, and then nothing is kept.
export function declareTrip(body: DeclareTripBody, key: string): Promise<{ trip: Trip }> {
  return post("/v1/trips", body, key);
}
