import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startTexts, wantedLanguage } from "@/lib/i18n.ts";
import { App } from "./app.tsx";
import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "./style.css";

await startTexts(wantedLanguage());
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
