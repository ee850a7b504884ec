import { RulesPage } from "@/features/rules/rules_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function Rules() {
  return <RulesPage me={signedInRoute.useRouteContext().me} />;
}
