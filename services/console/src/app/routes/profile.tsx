import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ProfilePage } from "@/features/session/profile_page.tsx";
import { signedInRoute } from "../router.tsx";

export default function Profile() {
  const { me } = signedInRoute.useRouteContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <ProfilePage
      me={me}
      onSignedOut={async () => {
        await navigate({ to: "/" });
        client.clear();
        await client.invalidateQueries();
      }}
    />
  );
}
