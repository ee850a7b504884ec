// The only place where numbers, money and times become text. The gate's time zone is fixed and printed; the browser's
// own language and zone never decide. (lib/tidy.test.ts forbids Intl and toLocale… elsewhere.)

export const languages = ["vi", "en", "zh"] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

// What the language calls itself.
export const languageNames: Record<Language, string> = { vi: "Tiếng Việt", en: "English", zh: "中文" };
// For <html lang>.
export const languageTags: Record<Language, string> = { vi: "vi", en: "en", zh: "zh-Hans" };

const gateOffsetMs = 7 * 3600_000; // Vietnam has one zone and no summer time
export const gateZone: Record<Language, string> = {
  vi: "giờ Việt Nam (UTC+7)",
  en: "Vietnam time (UTC+7)",
  zh: "越南时间 (UTC+7)",
};

const absent = "–";
const english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const locales: Record<Language, string> = { vi: "vi-VN", en: "en-GB", zh: "zh-CN" };
// What stands before the decimals of a number that is typed.
export const decimalSeparator: Record<Language, string> = { vi: ",", en: ".", zh: "." };
const numberFormats = new Map<string, Intl.NumberFormat>();

type Time = string | number | undefined;

// vi 22/11/2026 · en 22 Nov 2026 · zh 2026-11-22
export function formatDate(time: Time, language: Language): string {
  const at = gateWall(time);
  if (!at) return absent;
  const [day, month, year] = [two(at.getUTCDate()), two(at.getUTCMonth() + 1), at.getUTCFullYear()];
  if (language === "en") return `${at.getUTCDate()} ${english[at.getUTCMonth()]} ${year}`;
  return language === "zh" ? `${year}-${month}-${day}` : `${day}/${month}/${year}`;
}

// 14:05:09, the same in every language.
export function formatClock(time: Time): string {
  const at = gateWall(time);
  return at ? `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}` : absent;
}

// vi 22/11/2026 14:05:09
export function formatTime(time: Time, language: Language): string {
  return gateWall(time) ? `${formatDate(time, language)} ${formatClock(time)}` : absent;
}

// Reads dd/MM/yyyy or dd/MM/yyyy HH:mm[:ss] in the gate's time zone (also yyyy-MM-dd); null when it is neither.
export function parseGateTime(text: string): string | null {
  const vietnamese = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  const parts = vietnamese ?? iso;
  if (!parts) return null;
  const [year, month, day] = vietnamese ? [parts[3], parts[2], parts[1]] : [parts[1], parts[2], parts[3]];
  const wall = [Number(year), Number(month) - 1, Number(day), Number(parts[4] ?? 0), Number(parts[5] ?? 0)] as const;
  const at = new Date(Date.UTC(...wall, Number(parts[6] ?? 0)));
  const same = at.getUTCMonth() === wall[1] && at.getUTCDate() === wall[2] && at.getUTCHours() === wall[3];
  return same && at.getUTCMinutes() === wall[4] ? new Date(at.getTime() - gateOffsetMs).toISOString() : null;
}

// The inverse of parseGateTime: dd/MM/yyyy HH:mm, in every language, because people type it.
export function formatGateInput(time: Time): string {
  const at = gateWall(time);
  return at ? `${formatDate(time, "vi")} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` : "";
}

// Midnight of the gate's day that `time` falls on, moved by whole days.
export function gateMidnight(time: number, days = 0): string {
  const day = Math.floor((time + gateOffsetMs) / 86_400_000) + days;
  return new Date(day * 86_400_000 - gateOffsetMs).toISOString();
}

// vi 1.234,5 · en 1,234.5 · zh 1,234.5
export function formatNumber(value: number | bigint, language: Language, decimals = 0): string {
  const name = `${language}:${decimals}`;
  let format = numberFormats.get(name);
  if (!format) {
    format = new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    numberFormats.set(name, format);
  }
  return format.format(value);
}

const dong: Record<Language, (amount: string) => string> = {
  vi: (amount) => `${amount} đồng`,
  en: (amount) => `VND ${amount}`,
  zh: (amount) => `${amount} 越南盾`,
};

// Whole đồng, given as the decimal text of a 64-bit integer.
export function formatDong(amount: string | undefined, language: Language): string {
  const value = integer(amount);
  return value === null ? absent : dong[language](formatNumber(value, language));
}

// An amount in the smallest unit of its currency: VND has no decimals, CNY and USD have two.
export function formatMoney(minor: string | undefined, currency: string, language: Language): string {
  if (currency === "VND") return formatDong(minor, language);
  const value = integer(minor);
  return value === null ? absent : `${formatNumber(Number(value) / 100, language, 2)} ${currency}`;
}

export function formatMassKg(kg: string | undefined, language: Language): string {
  const value = integer(kg);
  return value === null ? absent : `${formatNumber(value, language)} kg`;
}

// 0.97 → vi 97 %
export function formatShare(share: number, language: Language): string {
  return `${formatNumber(Math.floor(share * 100), language)} %`;
}

// 00:12 · 12:34 · 1:02:03
export function formatDuration(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

// A minute of the day: 450 → 07:30, 1440 → 24:00.
export function formatDayMinute(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

// The inverse of formatDayMinute; null when it is no time of a day.
export function parseDayMinute(text: string): number | null {
  const parts = /^(\d{1,2})[:h.]?(\d{2})?$/.exec(text.trim());
  const minute = parts ? Number(parts[1]) * 60 + Number(parts[2] ?? 0) : Number.NaN;
  return minute <= 1440 && Number(parts?.[2] ?? 0) < 60 ? minute : null;
}

const waits: Record<Language, (hours: number, minutes: number) => string> = {
  vi: (hours, minutes) => `${hours > 0 ? `${hours} giờ ` : ""}${minutes} phút`,
  en: (hours, minutes) => `${hours > 0 ? `${hours} h ` : ""}${minutes} min`,
  zh: (hours, minutes) => `${hours > 0 ? `${hours} 小时 ` : ""}${minutes} 分钟`,
};

const underAMinute: Record<Language, string> = { vi: "dưới 1 phút", en: "under 1 min", zh: "不到1分钟" };

// A long wait in words, to the minute: vi 1 giờ 25 phút
export function formatWait(ms: number, language: Language): string {
  const minutes = Math.round(Math.max(0, ms) / 60_000);
  if (minutes === 0) return underAMinute[language];
  return waits[language](Math.floor(minutes / 60), minutes % 60);
}

function gateWall(time: Time): Date | null {
  if (time === undefined || time === "") return null;
  const at = typeof time === "number" ? time : Date.parse(time);
  return Number.isNaN(at) ? null : new Date(at + gateOffsetMs);
}

function integer(text: string | undefined): bigint | null {
  return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : null;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
