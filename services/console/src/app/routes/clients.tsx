import { ClientsPage } from "@/features/clients/clients_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function Clients() {
  return <ClientsPage me={signedInRoute.useRouteContext().me} />;
}
