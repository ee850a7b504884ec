import { PassagesPage } from "@/features/passages/passages_page.tsx";
import { passagesRoute, signedInRoute } from "../router.tsx";

export default function Passages() {
  const { me } = signedInRoute.useRouteContext();
  const filter = passagesRoute.useSearch();
  const navigate = passagesRoute.useNavigate();
  return <PassagesPage me={me} filter={filter} onFilter={(search) => void navigate({ search })} />;
}
