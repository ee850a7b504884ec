import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { SignInPage } from "@/features/session/sign_in_page.tsx";
import { meQuery } from "@/lib/requests/get_me.ts";
import { homeOf } from "../home.ts";
import { signInRoute } from "../router.tsx";
import { forgetPerson } from "../session.ts";

export default function SignIn() {
  const { next, ended } = signInRoute.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <SignInPage
      ended={ended === "1"}
      onSignedIn={async () => {
        forgetPerson(client);
        const me = await client.fetchQuery({ ...meQuery, staleTime: 0 });
        await navigate({ href: next ?? (me ? homeOf(me) : "/") });
      }}
    />
  );
}
