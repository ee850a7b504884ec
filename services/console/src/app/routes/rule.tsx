import { useNavigate } from "@tanstack/react-router";
import { RulePage } from "@/features/rules/rule_page.tsx";
import { ruleRoute, signedInRoute } from "../router.tsx";

export default function Rule() {
  const navigate = useNavigate();
  return (
    <RulePage
      me={signedInRoute.useRouteContext().me}
      checkpointId={ruleRoute.useParams().checkpointId}
      onSaved={() => void navigate({ to: "/rules" })}
    />
  );
}
