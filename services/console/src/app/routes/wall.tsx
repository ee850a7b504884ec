import { WallPage } from "@/features/lanes/wall_page.tsx";
import { signedInRoute, wallRoute } from "../router.tsx";

export default function Wall() {
  const { me } = signedInRoute.useRouteContext();
  const { gate } = wallRoute.useSearch();
  const navigate = wallRoute.useNavigate();
  return (
    <WallPage
      me={me}
      gateId={gate ?? ""}
      onGate={(gateId) => void navigate({ search: { gate: gateId || undefined } })}
    />
  );
}
