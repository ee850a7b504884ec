import { TripsPage } from "@/features/trips/trips_page.tsx";
import { signedInRoute, tripsRoute } from "../router.tsx";

export default function Trips() {
  const { me } = signedInRoute.useRouteContext();
  const { state } = tripsRoute.useSearch();
  const navigate = tripsRoute.useNavigate();
  return <TripsPage me={me} state={state} onState={(next) => void navigate({ search: { state: next } })} />;
}
