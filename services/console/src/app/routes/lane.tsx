import { LanePage } from "@/features/lanes/lane_page.tsx";
import { laneRoute, signedInRoute } from "../router.tsx";

export default function Lane() {
  const { me } = signedInRoute.useRouteContext();
  return <LanePage me={me} laneId={laneRoute.useParams().laneId} />;
}
