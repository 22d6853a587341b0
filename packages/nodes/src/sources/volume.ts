/** A three-dimensional scan to learn 3D convolutions on, where a real one would need a hospital. */
import { defineNode, float32, tensorValue } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { hashUniform, seededUniform } from "../seeded.ts";

export const volume = defineNode({
  type: "Volume",
  version: 1,
  title: "Volume",
  group: "Sources",
  doc: "A seeded synthetic scan in the manner of a CT: an ellipsoid body with a denser shell, soft tissue inside, and a few bright round lesions. The same layout serves frames of a film, with depth as time.",
  synonyms: ["CT", "scan", "voxels", "film", "video", "3D", "phantom"],
  inputs: [],
  outputs: [{ name: "volume", doc: "Density of each voxel, 0 (air) to 1 (lesion).", type: tensorType([1, "D", "H", "W", 1], "volume") }],
  params: [
    { name: "depth", title: "Depth", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Slices." },
    { name: "height", title: "Height", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Rows of a slice." },
    { name: "width", title: "Width", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Columns of a slice." },
    { name: "lesions", title: "Lesions", kind: "number", default: 3, min: 0, max: 50, integer: true, help: "Bright balls inside the body." },
    { name: "noise", title: "Noise", kind: "number", default: 0.02, min: 0, max: 1, step: 0.01, help: "Amplitude of the scanner's noise." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed places the lesions elsewhere." },
  ],
  infer({ params }) {
    return { outputs: { volume: tensorType([1, params["depth"] as number, params["height"] as number, params["width"] as number, 1], "volume") } };
  },
  async evaluate({ params }) {
    const [depth, height, width] = ["depth", "height", "width"].map((p) => params[p] as number) as [number, number, number];
    const [seed, noise] = [params["seed"] as number, params["noise"] as number];
    const next = seededUniform(seed);
    // In coordinates where the body is the ball of radius 0.9; centres are drawn inside it.
    const lesions = Array.from({ length: params["lesions"] as number }, () => {
      const [u, v, r] = [2 * next() - 1, 2 * Math.PI * next(), 0.55 * Math.cbrt(next())];
      const flat = Math.sqrt(1 - u * u);
      return { z: r * u, y: r * flat * Math.sin(v), x: r * flat * Math.cos(v), radius: 0.12 + 0.1 * next() };
    });
    const data = new Float32Array(depth * height * width);
    const at = (i: number, n: number) => (2 * (i + 0.5)) / n - 1;
    let p = 0;
    for (let k = 0; k < depth; k++)
      for (let i = 0; i < height; i++)
        for (let j = 0; j < width; j++, p++) {
          const [z, y, x] = [at(k, depth), at(i, height), at(j, width)];
          const radius = Math.sqrt(z * z + y * y + x * x);
          let density = radius > 0.9 ? 0 : radius > 0.8 ? 0.8 : 0.35;
          for (const l of lesions) if ((z - l.z) ** 2 + (y - l.y) ** 2 + (x - l.x) ** 2 < l.radius ** 2) density = 1;
          data[p] = density + noise * (2 * hashUniform(p, 0, seed) - 1);
        }
    return { volume: tensorValue(float32([1, depth, height, width, 1], data)) };
  },
});
