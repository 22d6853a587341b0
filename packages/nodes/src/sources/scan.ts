/** Draws one body: ellipsoids for tissue, lungs, spine and vessels, lesions with soft borders, and noise. */
import { seededNormal, seededUniform } from "../seeded.ts";

export interface Scan {
  readonly size: number;
  /** `size³`, 0 for air to 1 for bone; depth first, then height, then width. */
  readonly voxels: Float32Array;
  /** 1 inside a lesion. */
  readonly mask: Float32Array;
  /** Centres are [z, y, x] in voxels. */
  readonly lesions: readonly { readonly centre: readonly [number, number, number]; readonly radius: number }[];
  /** Whether a place lies in soft tissue's ellipsoid. */
  inside(place: readonly [number, number, number]): boolean;
}

interface Ellipsoid {
  centre: readonly [number, number, number];
  radii: readonly [number, number, number];
  value: number;
}

/** Values between air and bone. */
const [AIR, LUNG, TISSUE, VESSEL, BONE] = [0, 0.12, 0.45, 0.56, 0.95];

export function drawScan({ size, lesions: count, contrast, noise }: { size: number; lesions: number; contrast: number; noise: number }, seed: number): Scan {
  const next = seededUniform(seed);
  const about = (value: number, share = 0.08): number => size * value * (1 + share * (2 * next() - 1));
  const centre = (z: number, y: number, x: number): [number, number, number] => [about(z, 0.03), about(y, 0.03), about(x, 0.03)];
  const body: Ellipsoid = { centre: centre(0.5, 0.5, 0.5), radii: [about(0.62), about(0.34), about(0.45)], value: TISSUE };
  const organs: Ellipsoid[] = [
    { centre: centre(0.45, 0.45, 0.3), radii: [about(0.4), about(0.2), about(0.14)], value: LUNG },
    { centre: centre(0.45, 0.45, 0.7), radii: [about(0.4), about(0.2), about(0.13)], value: LUNG },
    { centre: centre(0.5, 0.46, 0.53), radii: [about(0.16), about(0.13), about(0.12)], value: VESSEL },
    { centre: centre(0.5, 0.76, 0.5), radii: [size, about(0.055), about(0.055)], value: BONE },
    ...Array.from({ length: 5 }, (): Ellipsoid => ({ centre: [size * next(), size * (0.3 + 0.4 * next()), size * (0.2 + 0.6 * next())], radii: [about(0.25, 0.5), size * 0.018, size * 0.018], value: VESSEL })),
  ];
  const lesions = Array.from({ length: count }, () => place(body, size, next));
  const voxels = new Float32Array(size ** 3);
  const mask = new Float32Array(size ** 3);
  const normal = seededNormal(seed ^ 0x5bd1e995);
  for (let z = 0, i = 0; z < size; z++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++, i++) {
        const at = [z, y, x] as const;
        let value = AIR;
        if (within(body, at) < 1) {
          value = TISSUE;
          for (const organ of organs) if (within(organ, at) < 1) value = organ.value;
        }
        for (const { centre: c, radius } of lesions) {
          const distance = Math.hypot(z - c[0], y - c[1], x - c[2]);
          // Half its contrast at the radius, nothing a voxel farther out.
          value += contrast / (1 + Math.exp(3 * (distance - radius)));
          if (distance <= radius) mask[i] = 1;
        }
        voxels[i] = Math.min(1, Math.max(0, value + noise * normal()));
      }
  return { size, voxels, mask, lesions, inside: (at) => within(body, at) < 1 };
}

/** Below 1 inside. */
const within = ({ centre, radii }: Ellipsoid, at: readonly [number, number, number]): number => at.reduce((sum, v, axis) => sum + ((v - centre[axis]!) / radii[axis]!) ** 2, 0);

/** Somewhere in the body, not at its skin, two to four voxels of 48 in radius. */
function place(body: Ellipsoid, size: number, next: () => number): { centre: [number, number, number]; radius: number } {
  const radius = (size / 48) * (2 + 2 * next());
  for (;;) {
    const centre: [number, number, number] = [size * (0.12 + 0.76 * next()), size * next(), size * next()];
    if (within(body, centre) < 0.7) return { centre, radius };
  }
}
