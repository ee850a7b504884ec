import { TripPage } from "@/features/trips/trip_page.tsx";
import { signedInRoute, tripRoute } from "../router.tsx";

export default function Trip() {
  return <TripPage me={signedInRoute.useRouteContext().me} tripId={tripRoute.useParams().tripId} />;
}
