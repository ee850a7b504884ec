// A plate as people read it, from its normalised form: "12C34567" → "12C-345.67", "桂F12345" → "桂F·12345".
// A form that is none of the known ones is shown as it is; nothing is ever corrected here.

const vietnamese = /^(\d{2}(?:[A-ZĐ]{1,2}))(\d{4,5})$/;
const military = /^([A-Z]{2})(\d{2})(\d{2})$/;
const chinese = /^(\p{Script=Han}[A-Z])([A-Z0-9]{4,6}\p{Script=Han}?)$/u;

export function formatPlate(normalised: string): string {
  const vn = vietnamese.exec(normalised);
  if (vn) {
    const digits = vn[2]!;
    return `${vn[1]}-${digits.length === 5 ? `${digits.slice(0, 3)}.${digits.slice(3)}` : digits}`;
  }
  const mil = military.exec(normalised);
  if (mil) return `${mil[1]}-${mil[2]}-${mil[3]}`;
  const cn = chinese.exec(normalised);
  return cn ? `${cn[1]}·${cn[2]}` : normalised;
}

// True: Chinese characters are in it; screen readers and fonts need to know.
export function hasChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

// Which characters of `seen` differ from `declared`, place by place from the left, to be marked on the screen.
export function differingPlaces(seen: string, declared: string): boolean[] {
  const other = [...declared];
  return [...seen].map((character, place) => character !== other[place]);
}
