/** The worked example of PixelOptimizer: what it asks of the runtime. What comes of it is in pixel-optimizer.test.ts. */
import { float32, tensorValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [
  {
    name: "hands its parameters on",
    params: { method: "momentum", learningRate: 0.5, momentum: 0.8, steps: 3, parametrisation: "pixels", jitter: 0 },
    inputs: { loss: tensorValue(float32([], [1])) },
    expected: {
      image: () => {},
      // The suite's stand-in for the runtime gives the numbers it was asked for as curves.
      losses: (value: RuntimeValue) => {
        if (value.kind !== "series") throw new Error(`a ${value.kind} came out`);
        const asked = Object.fromEntries(value.curves.map((c) => [c.name, c.values[0]]));
        for (const [name, expected] of Object.entries({ learningRate: 0.5, momentum: 0.8, steps: 3, levels: 6, jitter: 0, seed: 0, previewEvery: 10 }))
          if (asked[name] !== expected) throw new Error(`${name} was ${asked[name]}, not ${expected}`);
      },
    },
    from: "by hand",
  },
];
