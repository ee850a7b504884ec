import { YardPage } from "@/features/yard/yard_page.tsx";
import { signedInRoute, yardRoute } from "../router.tsx";

export default function Yard() {
  const { me } = signedInRoute.useRouteContext();
  const { gate } = yardRoute.useSearch();
  const navigate = yardRoute.useNavigate();
  return <YardPage me={me} gate={gate} onGate={(next) => void navigate({ search: { gate: next } })} />;
}
