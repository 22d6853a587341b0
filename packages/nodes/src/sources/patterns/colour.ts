/** Colours of the procedural pictures: RGB in 0…1, palettes from dark to light with accents. */

export type Rgb = readonly [number, number, number];

export interface Palette {
  title: string;
  /** From dark to light. */
  ramp: readonly Rgb[];
  /** Few and strong: stars, suns, single tiles. */
  accents: readonly Rgb[];
}

const hex = (text: string): Rgb[] => text.split(" ").map((h) => [0, 2, 4].map((i) => parseInt(h.slice(i, i + 2), 16) / 255) as unknown as Rgb);

export const PALETTES = {
  night: { title: "Night: blues and gold", ramp: hex("0b1433 14275c 1f4389 2f68ac 5b97c0 9cc3c9 dfe3bd"), accents: hex("f6c445 f2e18a e58f2a fff4c9") },
  sunset: { title: "Sunset: violet to flame", ramp: hex("1d1030 4a1c4f 8a2a54 c8453f ec7a35 f7b557 fde9b3"), accents: hex("35589c 2c9aa0 ffd24a 7c2f83") },
  ocean: { title: "Ocean: Prussian blue and cream", ramp: hex("0e2240 173a66 245a8d 4a88ae 8fb8c4 d3dccb f3ead2"), accents: hex("f3ead2 d8a25c c9564a fdf8ea") },
  jewel: { title: "Jewel: cathedral glass", ramp: hex("1b0f3a 2a2a9c 0f6fb5 0c8f6b c3202f e2572b f4b324"), accents: hex("f9e07a 8e1b6e 35c0c8 f05f8c") },
  autumn: { title: "Autumn: earth and leaves", ramp: hex("221710 4a2a16 7c3f1a b0601f d48f33 e3bd6b f2e3bb"), accents: hex("8c1f1b 44602c 1f4b57 f2c230") },
  meadow: { title: "Meadow: greens and flowers", ramp: hex("0f2b24 1d4f37 37793f 6fa24a a9c46a d6dda0 f5f0d4"), accents: hex("d9436b 7a4fb0 f2b632 3d7fc4") },
} as const satisfies { readonly [name: string]: Palette };

export type PaletteName = keyof typeof PALETTES;

export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];

export const scale = (c: Rgb, by: number): Rgb => [c[0] * by, c[1] * by, c[2] * by];

/** A place between dark (0) and light (1) on the ramp. */
export function shade({ ramp }: Palette, t: number): Rgb {
  const at = Math.min(Math.max(t, 0), 1) * (ramp.length - 1);
  const i = Math.min(Math.floor(at), ramp.length - 2);
  return mix(ramp[i]!, ramp[i + 1]!, at - i);
}

/** One of a list, by a number in [0, 1). */
export const pick = <T>(list: readonly T[], u: number): T => list[Math.min(list.length - 1, Math.floor(u * list.length))]!;

export const smoothstep = (from: number, to: number, x: number): number => {
  const t = Math.min(Math.max((x - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
};
