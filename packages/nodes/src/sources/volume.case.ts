/** Worked examples of Volume: densities at places that the description fixes. */
import { float32, tensorValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

/** np.save of np.arange(6, dtype=np.uint8).reshape(1, 2, 3). */
const ARRAY = "data:application/octet-stream;base64,k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAQIDBAU=";

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
  {
    name: "an array of NumPy's in a window from 1 to 3",
    params: { file: ARRAY, values: "window", centre: 2, window: 2 },
    expected: {
      volume: tensorValue(float32([1, 1, 2, 3, 1], [0, 0, 0.5, 1, 1, 1])),
      table: {
        kind: "table", columns: ["property", "value"],
        rows: [["format", "NumPy"], ["size (depth × height × width)", "1 × 2 × 3"], ["channels", 1], ["spacing (depth × height × width)", "not told"], ["lowest value", 0], ["highest value", 5]],
      },
    },
    from: "by hand; the file by NumPy 1.24",
  },
];
