// Texts in three languages. Vietnamese is the reference; the others have the same keys and places
// (locales/catalogues.test.ts). A language is loaded when it is first chosen.
import i18next, { type Resource } from "i18next";
import { initReactI18next } from "react-i18next";
import type vi from "@/locales/vi/index.ts";
import { isLanguage, type Language, languageTags } from "./format.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    keySeparator: false;
    resources: typeof vi;
  }
}

type Catalogue = Record<string, Record<string, string>>;

const loaders: Record<Language, () => Promise<{ default: Catalogue }>> = {
  vi: () => import("@/locales/vi/index.ts"),
  en: () => import("@/locales/en/index.ts"),
  zh: () => import("@/locales/zh/index.ts"),
};

const storageName = "bordergate.language";

// The language asked for in the address (?lang=zh), else the one chosen before, else Vietnamese.
export function wantedLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  if (isLanguage(asked)) return asked;
  const kept = window.localStorage.getItem(storageName);
  return isLanguage(kept) ? kept : "vi";
}

export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: (await loaders[language]()).default } as Resource,
    defaultNS: "common",
    keySeparator: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => "…",
    returnNull: false,
  });
  showLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  const catalogue = (await loaders[language]()).default;
  for (const [area, texts] of Object.entries(catalogue)) i18next.addResourceBundle(language, area, texts);
  await i18next.changeLanguage(language);
  window.localStorage.setItem(storageName, language);
  showLanguage(language);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "vi";
}

function showLanguage(language: Language): void {
  document.documentElement.lang = languageTags[language];
}
