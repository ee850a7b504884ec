import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ProfilePage } from "@/features/session/profile_page.tsx";
import { signedInRoute } from "../router.tsx";
import { forgetPerson } from "../session.ts";

export default function Profile() {
  const { me } = signedInRoute.useRouteContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <ProfilePage
      me={me}
      onSignedOut={async () => {
        await navigate({ to: "/" });
        forgetPerson(client);
      }}
    />
  );
}
