import { WorkPage } from "@/features/trips/work_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function Work() {
  return <WorkPage me={signedInRoute.useRouteContext().me} />;
}
