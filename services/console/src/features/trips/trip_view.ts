// What may be done with a step, and how a trip looks in a list. Pure functions.
import type { Signal } from "@/components/signal.tsx";
import { may } from "@/lib/access.ts";
import type { TripStep } from "@/lib/steps.ts";
import type { Me, Trip } from "@/lib/wire.ts";
import type { StepAct } from "./api/act_on_step.ts";

// True: agencies can no longer act on the trip.
export function isOver(trip: Trip): boolean {
  return trip.state === "STATE_CROSSED" || trip.state === "STATE_CANCELLED";
}

// What the signed-in person may do with a step now, as the server will decide it.
export function actsOn(trip: Trip, step: TripStep, me: Me): StepAct[] {
  if (isOver(trip) || !step.mine) return [];
  const acts: StepAct[] = [];
  if (step.state === "STATE_OPEN" && may(me, "CustomsService.ConfirmStep")) acts.push("confirm");
  if (step.state !== "STATE_HELD" && may(me, "CustomsService.HoldStep")) acts.push("hold");
  if (step.state === "STATE_HELD" && may(me, "CustomsService.ReleaseStep")) acts.push("release");
  return acts;
}

// Only a hold calls for somebody; everything else is at rest.
export function signalOfTrip(trip: Trip): Signal {
  return trip.state === "STATE_HELD" ? "attention" : "rest";
}
