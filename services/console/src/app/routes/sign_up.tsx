import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { SignUpPage } from "@/features/enterprise/sign_up_page.tsx";
import { forgetPerson } from "../session.ts";

export default function SignUp() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <SignUpPage
      onDone={() => {
        forgetPerson(client);
        void navigate({ to: "/enterprise" });
      }}
    />
  );
}
