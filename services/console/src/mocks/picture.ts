// A drawn truck front with a plate, in place of a camera's picture. The plate's corners are known exactly.
import { formatPlate } from "../lib/plate.ts";

export const pictureSize = { width: 1280, height: 720 };

// Where the plate stands; x and y, clockwise from its top left.
export const plateCorners = [498, 548, 782, 541, 784, 607, 500, 615];

export function truckPicture(plate: string): string {
  const seed = [...plate].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 997, 7);
  const cab = `hsl(${(seed * 47) % 360} 18% ${38 + (seed % 22)}%)`;
  const dark = `hsl(${(seed * 47) % 360} 16% 24%)`;
  const yellow = seed % 3 !== 0;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">
  <defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#aebac0"/><stop offset="1" stop-color="#d4d9d8"/></linearGradient>
  <linearGradient id="w" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#6c7f8a"/><stop offset=".5" stop-color="#2f3d45"/><stop offset="1" stop-color="#516470"/></linearGradient></defs>
  <rect width="1280" height="720" fill="url(#s)"/><path d="M0 330 L230 250 L420 300 L640 235 L900 300 L1280 240 V420 H0Z" fill="#94a29b"/>
  <path d="M0 400 H1280 V720 H0Z" fill="#7d8283"/><path d="M140 720 L440 400 H470 L230 720Z M1140 720 L840 400 H812 L1050 720Z" fill="#c9cbc8"/>
  <rect x="330" y="30" width="620" height="360" fill="#dfe2df"/><rect x="330" y="30" width="620" height="360" fill="none" stroke="#8d9496" stroke-width="8"/>
  <path d="M352 660 V250 Q358 150 452 140 H828 Q922 150 928 250 V660Z" fill="${cab}"/><path d="M398 390 L412 218 Q416 186 452 184 H828 Q864 186 868 218 L882 390Z" fill="url(#w)"/>
  <path d="M300 240 h34 v130 h-34Z M946 240 h34 v130 h-34Z" fill="${dark}"/><rect x="430" y="424" width="420" height="90" rx="10" fill="${dark}"/>
  <path d="M440 446h400M440 468h400M440 490h400" stroke="#aab2b5" stroke-width="5"/><rect x="352" y="520" width="576" height="120" rx="14" fill="#30373a"/>
  <rect x="374" y="536" width="92" height="58" rx="12" fill="#f3efd6"/><rect x="814" y="536" width="92" height="58" rx="12" fill="#f3efd6"/>
  <path d="M372 640 h118 v60 h-118Z M790 640 h118 v60 h-118Z" fill="#1d2123"/>
  <g transform="matrix(.993 -.0245 .03 1 482 548)"><rect x="16" y="0" width="286" height="66" rx="5" fill="${yellow ? "#f5c400" : "#f6f6f2"}" stroke="#222" stroke-width="3"/>
  <text x="159" y="49" font-family="DejaVu Sans, Noto Sans SC, sans-serif" font-size="42" font-weight="700" text-anchor="middle" textLength="252" lengthAdjust="spacingAndGlyphs" fill="#151515">${formatPlate(plate)}</text></g>
  <text x="24" y="700" font-family="monospace" font-size="22" fill="#eef">CAM</text></svg>`;
}
