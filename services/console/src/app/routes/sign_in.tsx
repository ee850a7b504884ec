import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { SignInPage } from "@/features/session/sign_in_page.tsx";
import { signInRoute } from "../router.tsx";

export default function SignIn() {
  const { next, ended } = signInRoute.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  return (
    <SignInPage
      ended={ended === "1"}
      onSignedIn={async () => {
        client.clear();
        await router.invalidate();
        await navigate({ href: next ?? "/" });
      }}
    />
  );
}
