// The parts of the console, joined.
import { QueryClientProvider } from "@tanstack/react-query";
import { type RouterHistory, RouterProvider } from "@tanstack/react-router";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import viVN from "antd/locale/vi_VN";
import zhCN from "antd/locale/zh_CN";
import { useState } from "react";
import type { Language } from "@/lib/format.ts";
import { makeQueryClient } from "@/lib/query_client.ts";
import { meQuery } from "@/lib/requests/get_me.ts";
import { useLanguage } from "@/lib/use_language.ts";
import { makeRouter } from "./router.tsx";
import { theme } from "./theme.ts";

const locales: Record<Language, typeof viVN> = { vi: viVN, en: enUS, zh: zhCN };

export function App({ history, retryPauseMs }: { history?: RouterHistory; retryPauseMs?: number }) {
  const language = useLanguage();
  const [{ client, router }] = useState(() => makeParts(history, retryPauseMs));
  return (
    <ConfigProvider theme={theme} locale={locales[language]} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function makeParts(history?: RouterHistory, retryPauseMs?: number) {
  const client = makeQueryClient(() => {
    client.setQueryData(meQuery.queryKey, null);
    const next = router.state.location.href;
    if (!next.startsWith("/sign-in")) void router.navigate({ to: "/sign-in", search: { next, ended: "1" } });
  }, retryPauseMs);
  const router = makeRouter(client, history);
  return { client, router };
}
