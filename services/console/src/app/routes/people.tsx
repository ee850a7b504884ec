import { PeoplePage } from "@/features/people/people_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function People() {
  return <PeoplePage me={signedInRoute.useRouteContext().me} />;
}
