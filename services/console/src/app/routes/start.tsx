import { useQuery } from "@tanstack/react-query";
import { StartPage } from "@/features/start/start_page.tsx";
import { meQuery } from "@/lib/requests/get_me.ts";

export default function Start() {
  return <StartPage me={useQuery(meQuery).data ?? null} />;
}
