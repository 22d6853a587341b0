/** Numbers as colours: 256 steps of RGB, made once. */

export type ColourMap = Uint8Array;

/** Evenly spaced colours with straight lines between them. */
export function colourMap(anchors: readonly string[]): ColourMap {
  const colours = anchors.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  const map = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (colours.length - 1);
    const left = Math.min(colours.length - 2, Math.floor(place));
    for (let c = 0; c < 3; c++) map[i * 3 + c] = Math.round(colours[left]![c]! + (place - left) * (colours[left + 1]![c]! - colours[left]![c]!));
  }
  return map;
}

/** Dark blue over green to yellow, equally bright steps: readable without seeing colours, and in print. */
export const VIRIDIS = colourMap(["#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725"]);
export const GREYS = colourMap(["#000000", "#ffffff"]);
/** Blue below zero, orange above: told apart by every kind of colour vision. Zero fades into the ground of the theme. */
export const DIVERGING = { light: colourMap(["#123f8c", "#4f8fd0", "#f4f5f7", "#ee9a4d", "#8f3b00"]), dark: colourMap(["#9cc9ff", "#3b7fd1", "#1b2029", "#d9782a", "#ffd0a1"]) } as const;

/** Index into a map for a number; what is not finite gets null. Where all are the same, the lowest: nothing stands out. */
export function shade(value: number, min: number, max: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (max <= min) return 0;
  return Math.min(255, Math.max(0, Math.round(((value - min) / (max - min)) * 255)));
}

export const cssGradient = (map: ColourMap): string =>
  `linear-gradient(90deg, ${Array.from({ length: 9 }, (_, i) => Math.round((i * 255) / 8)).map((i) => `rgb(${map[i * 3]} ${map[i * 3 + 1]} ${map[i * 3 + 2]})`).join(", ")})`;
