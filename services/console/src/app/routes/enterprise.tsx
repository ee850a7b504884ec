import { EnterprisePage } from "@/features/enterprise/enterprise_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function Enterprise() {
  return <EnterprisePage me={signedInRoute.useRouteContext().me} />;
}
