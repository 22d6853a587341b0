/**
 * One photo of one invented person. What makes the person (the shapes and places of face, eyes, brows, nose, mouth and hair) is drawn once
 * from a seed; what makes the photo (pose, expression, light, background, glasses, noise) is drawn anew each time. Only sums, products,
 * quotients and square roots of doubles are used, which every machine rounds alike: the same seeds give the same bytes everywhere.
 */
type Next = () => number;
type Rgb = readonly [number, number, number];

/** The face fills −1…1; y points down. */
export interface Person {
  readonly face: { readonly width: number; readonly height: number; readonly jaw: number };
  readonly skin: Rgb;
  readonly eyes: { readonly y: number; readonly apart: number; readonly width: number; readonly height: number; readonly tilt: number; readonly iris: Rgb; readonly irisSize: number };
  readonly brows: { readonly gap: number; readonly thickness: number; readonly slope: number; readonly length: number };
  readonly nose: { readonly tip: number; readonly width: number };
  readonly mouth: { readonly y: number; readonly width: number; readonly lips: number };
  readonly hair: { readonly fringe: number; readonly slant: number; readonly sides: number; readonly volume: number; readonly colour: Rgb };
}

const between = (next: Next, low: number, high: number): number => low + (high - low) * next();
const mix = (a: Rgb, b: Rgb, t: number): Rgb => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
const clamp = (x: number): number => (x < 0 ? 0 : x > 1 ? 1 : x);

export function inventPerson(next: Next): Person {
  const tone = next();
  return {
    face: { width: between(next, 0.47, 0.74), height: between(next, 0.66, 0.88), jaw: between(next, -0.35, 0.35) },
    skin: mix([0.86, 0.68, 0.57], [0.64, 0.46, 0.36], tone),
    eyes: {
      y: between(next, -0.26, 0.02), apart: between(next, 0.17, 0.37), width: between(next, 0.08, 0.18), height: between(next, 0.04, 0.11), tilt: between(next, -0.4, 0.4),
      iris: mix([0.2, 0.12, 0.07], [0.3, 0.5, 0.65], next()), irisSize: between(next, 0.035, 0.065),
    },
    brows: { gap: between(next, 0.08, 0.22), thickness: between(next, 0.015, 0.075), slope: between(next, -0.45, 0.45), length: between(next, 0.09, 0.21) },
    nose: { tip: between(next, 0.08, 0.3), width: between(next, 0.04, 0.18) },
    mouth: { y: between(next, 0.34, 0.58), width: between(next, 0.1, 0.35), lips: between(next, 0.02, 0.09) },
    hair: { fringe: between(next, -0.72, -0.26), slant: between(next, -0.55, 0.55), sides: between(next, -0.5, 0.8), volume: between(next, 0.02, 0.24), colour: mix([0.14, 0.1, 0.09], [0.45, 0.33, 0.21], next()) },
  };
}

interface Photo {
  /** Cosine and sine of the head's turn in the picture, and its size and place. */
  readonly cos: number;
  readonly sin: number;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** How far the head looks aside and up. */
  readonly yaw: number;
  readonly pitch: number;
  readonly smile: number;
  readonly open: number;
  readonly lids: number;
  readonly light: { readonly x: number; readonly y: number; readonly level: number; readonly colour: Rgb };
  readonly background: { readonly from: Rgb; readonly to: Rgb; readonly x: number; readonly y: number; readonly at: number; readonly blobs: readonly { readonly x: number; readonly y: number; readonly radius: number; readonly colour: Rgb }[] };
  readonly glasses: boolean;
  readonly noise: number;
}

function takePhoto(next: Next, variation: number): Photo {
  const v = (low: number, high: number) => between(next, low, high) * variation;
  // Few of them pale, so that the background weighs more than the face.
  const strong = (): number => (next() < 0.5 ? 0.1 * next() : 1 - 0.1 * next());
  const colour = (): Rgb => [strong(), strong(), strong()];
  // Half the angle's tangent gives its sine and cosine by division alone.
  const half = v(-0.03, 0.03);
  const gain = (): number => 1 + v(-0.03, 0.03);
  return {
    cos: (1 - half * half) / (1 + half * half), sin: (2 * half) / (1 + half * half),
    scale: 0.84 + v(-0.03, 0.03), x: v(-0.03, 0.03), y: v(-0.03, 0.03),
    yaw: v(-0.06, 0.06), pitch: v(-0.02, 0.02), smile: v(-0.3, 0.6), open: Math.max(0, v(-0.03, 0.04)), lids: 1 - Math.max(0, v(-0.1, 0.25)),
    light: { x: v(-0.15, 0.15), y: v(-0.1, 0.1), level: 1 + v(-0.12, 0.08), colour: [gain(), gain(), gain()] },
    background: { from: colour(), to: colour(), x: between(next, -4, 4), y: between(next, -4, 4), at: next(), blobs: Array.from({ length: 3 }, () => ({ x: between(next, -1, 1), y: between(next, -1, 1), radius: between(next, 0.15, 0.5), colour: colour() })) },
    glasses: next() < 0.06 * variation,
    noise: 0.04 * variation,
  };
}

/** About the distance to an ellipse, negative inside. */
const ellipse = (x: number, y: number, width: number, height: number): number => (Math.sqrt((x / width) * (x / width) + (y / height) * (y / height)) - 1) * Math.min(width, height);
const box = (x: number, y: number, width: number, height: number): number => Math.max(Math.abs(x) - width, Math.abs(y) - height);

/** RGB bytes of a photo of `size × size` pixels. `variation` 1 is what the node calls ordinary; 0 makes every photo of a person alike but for its background. */
export function photograph(person: Person, next: Next, size: number, variation: number): Uint8Array {
  const photo = takePhoto(next, variation);
  const { face, eyes, brows, nose, mouth, hair } = person;
  const { light, background } = photo;
  const out = new Uint8Array(size * size * 3);
  const pixel = 2 / size / photo.scale;
  let [r, g, b] = [0, 0, 0];
  const paint = (colour: Rgb, distance: number, strength = 1): void => {
    const share = clamp(0.5 - distance / pixel) * strength;
    if (share === 0) return;
    r += (colour[0] - r) * share;
    g += (colour[1] - g) * share;
    b += (colour[2] - b) * share;
  };
  const shadow = mix(person.skin, [0.1, 0.05, 0.05], 0.35);
  const lip = mix(person.skin, [0.62, 0.16, 0.2], 0.6);
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < size; column++, at += 3) {
      const [px, py] = [(2 * (column + 0.5)) / size - 1, (2 * (row + 0.5)) / size - 1];
      // Stripes of any width and slant.
      const stripe = background.x * px + background.y * py + background.at;
      [r, g, b] = stripe - Math.floor(stripe) < 0.5 ? background.from : background.to;
      for (const blob of background.blobs) if (Math.abs(px - blob.x) < blob.radius + pixel) paint(blob.colour, ellipse(px - blob.x, py - blob.y, blob.radius, blob.radius));
      const [cx, cy] = [(px - photo.x) / photo.scale, (py - photo.y) / photo.scale];
      const x = cx * photo.cos + cy * photo.sin;
      const y = cy * photo.cos - cx * photo.sin;
      // The skull stays where it is; what lies on its front moves with the gaze, most in the middle.
      const jawed = x / (1 - face.jaw * Math.max(-1, Math.min(1, y)));
      paint(hair.colour, Math.max(ellipse(jawed, y + 0.06, face.width + hair.volume, face.height + hair.volume), y - hair.sides));
      const skull = ellipse(jawed, y, face.width, face.height);
      paint(person.skin, skull);
      const u = x - photo.yaw * (1 - x * x);
      const w = y - photo.pitch;
      paint(hair.colour, Math.max(skull, w - hair.fringe - hair.slant * u));
      for (const side of [-1, 1]) {
        const ex = side * u - eyes.apart;
        if (Math.abs(ex) > 0.3 || Math.abs(w - eyes.y) > 0.55) continue;
        const tilted = w - eyes.y + eyes.tilt * ex;
        paint([0.95, 0.95, 0.95], ellipse(ex, tilted, eyes.width, eyes.height * photo.lids));
        paint(eyes.iris, Math.max(ellipse(u - side * eyes.apart - photo.yaw * 0.15, tilted, eyes.irisSize, eyes.irisSize), ellipse(ex, tilted, eyes.width, eyes.height * photo.lids)));
        paint(hair.colour, box(ex, w - eyes.y + eyes.height + brows.gap + brows.slope * ex, brows.length, brows.thickness));
        if (photo.glasses) {
          const rim = ellipse(ex, w - eyes.y, 0.17, 0.15);
          paint([0.08, 0.08, 0.1], Math.max(rim, -0.035 - rim));
        }
      }
      // The nose's shadow is a wedge from between the eyes to its tip.
      const along = clamp((w - eyes.y) / (nose.tip - eyes.y));
      paint(shadow, Math.max(Math.abs(u + 0.35 * photo.yaw) - nose.width * along * along, w - nose.tip, eyes.y + 0.05 - w), 0.55);
      const bend = (u * u) / (mouth.width * mouth.width);
      const mw = w - mouth.y + 0.07 * photo.smile * (bend - 0.5);
      const width = mouth.width * (1 + 0.12 * photo.smile);
      paint(lip, ellipse(u, mw, width, mouth.lips + photo.open));
      if (photo.open > 0.01) paint([0.2, 0.05, 0.07], ellipse(u, mw, width * 0.75, photo.open));
      const shine = light.level * (1 + light.x * x + light.y * y);
      out[at] = 255 * clamp(r * shine * light.colour[0] + photo.noise * (next() + next() - 1)) + 0.5;
      out[at + 1] = 255 * clamp(g * shine * light.colour[1] + photo.noise * (next() + next() - 1)) + 0.5;
      out[at + 2] = 255 * clamp(b * shine * light.colour[2] + photo.noise * (next() + next() - 1)) + 0.5;
    }
  return out;
}
