// The board's own small text function: no library, the same catalogues as the console.

import { isLanguage, type Language, languageTags } from "@/lib/format.ts";
import type vi from "@/locales/vi/board.json";

export type Texts = typeof vi;
export type Key = keyof Texts;

const loaders: Record<Language, () => Promise<{ default: Texts; gates: Record<string, string> }>> = {
  vi: () => load(import("@/locales/vi/board.json"), import("@/locales/vi/common.json")),
  en: () => load(import("@/locales/en/board.json"), import("@/locales/en/common.json")),
  zh: () => load(import("@/locales/zh/board.json"), import("@/locales/zh/common.json")),
};

type Module<T> = Promise<{ default: T }>;
async function load(board: Module<Texts>, common: Module<Record<string, string>>) {
  return { default: (await board).default, gates: (await common).default };
}

export interface Speech {
  language: Language;
  say: (key: Key, values?: Record<string, string | number>) => string;
  gate: (gateId: string) => string;
}

// Texts of a language, ready to use.
export async function speak(language: Language): Promise<Speech> {
  const { default: texts, gates } = await loaders[language]();
  document.documentElement.lang = languageTags[language];
  return {
    language,
    say: (key, values = {}) => texts[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? "…")),
    gate: (gateId) => gates[`gate.${gateId}`] ?? gateId,
  };
}

const storageName = "bordergate.language";

export function wantedLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  if (isLanguage(asked)) return asked;
  const kept = window.localStorage.getItem(storageName);
  return isLanguage(kept) ? kept : "vi";
}

export function keepLanguage(language: Language): void {
  window.localStorage.setItem(storageName, language);
}
