/** Worked examples of Volume: densities at places that the description fixes. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

function densities(places: readonly (readonly [number, number, number, number])[], size: number) {
  return (value: RuntimeValue) => {
    if (value.kind !== "tensor") throw new Error(`a ${value.kind} came out`);
    for (const [z, y, x, expected] of places) {
      const found = value.data[(z * size + y) * size + x]!;
      if (Math.abs(found - expected) > 1e-6) throw new Error(`density ${found} at ${[z, y, x]}, not ${expected}`);
    }
  };
}

export const cases: NodeCase[] = [
  {
    name: "air in the corner, tissue in the middle, shell between",
    params: { depth: 20, height: 20, width: 20, lesions: 0, noise: 0 },
    // Voxel (10,10,1) has its centre at radius √(0.05² + 0.05² + 0.85²) = 0.853, inside the shell 0.8 … 0.9.
    expected: { volume: densities([[0, 0, 0, 0], [10, 10, 10, 0.35], [10, 10, 1, 0.8]], 20) },
    from: "by hand",
  },
];
