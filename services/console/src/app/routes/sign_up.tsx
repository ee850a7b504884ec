import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { SignUpPage } from "@/features/enterprise/sign_up_page.tsx";
import { meQuery } from "@/lib/requests/get_me.ts";
import { forgetPerson } from "../session.ts";

export default function SignUp() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <SignUpPage
      onDone={async () => {
        forgetPerson(client);
        await client.fetchQuery({ ...meQuery, staleTime: 0 });
        await navigate({ to: "/enterprise" });
      }}
    />
  );
}
