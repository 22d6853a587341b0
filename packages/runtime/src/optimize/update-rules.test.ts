/** Update rules on a quadratic whose answer is known, without networks or pictures. */
import { expect, it } from "vitest";
import { referenceBackend } from "../backends/reference/index.ts";
import { Builder } from "../ir/builder.ts";
import { float32, type TensorData } from "../ir/tensor.ts";
import type { MinimiseOptions } from "../node-api/node.ts";
import { zeros } from "./minimise.ts";
import { UPDATE_RULES } from "./update-rules.ts";

const CURVATURE = [1, 2, 4, 8, 16, 32];
const TARGET = [0.5, -0.25, 1, -1, 0.75, 0.1];

/** Minimises `scale · ½ Σ cₖ (xₖ − tₖ)²` from zeros; the largest distance to the target after each step. */
async function distances(method: MinimiseOptions["method"], learningRate: number, steps: number, scale: number): Promise<number[]> {
  const n = TARGET.length;
  const rule = UPDATE_RULES[method];
  const shapes = rule.state(n);
  const b = new Builder();
  const params = b.input("params", { dtype: "float32", shape: [n] });
  const step = b.input("step", { dtype: "float32", shape: [] });
  const state = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, b.input(name, { dtype: "float32", shape })]));
  const gradient = b.mul(b.sub(params, b.floats([n], TARGET)), b.floats([n], CURVATURE.map((c) => c * scale)));
  const next = rule.update(b, { params, gradient, state, step, options: { learningRate, momentum: 0.9 } as MinimiseOptions });
  const executable = await referenceBackend.compile(b.build({ params: next.params, ...next.state }));
  let carried: { [name: string]: TensorData } = { ...zeros(shapes), params: float32([n], new Array<number>(n).fill(0)) };
  const found: number[] = [];
  for (let i = 0; i < steps; i++) {
    carried = { ...(await executable.run({ ...carried, step: float32([], [i]) })) };
    found.push(Math.max(...TARGET.map((t, k) => Math.abs(carried["params"]!.data[k]! - t))));
  }
  return found;
}

it.each([["gradient-descent", 0.05, 300], ["momentum", 0.02, 300], ["adam", 0.05, 400], ["l-bfgs", 1, 40]] as const)("%s arrives", async (method, rate, steps) => {
  expect((await distances(method, rate, steps, 1)).at(-1)!).toBeLessThan(0.01);
});

it.each([1e-9, 1e-4, 1e5])("l-bfgs takes the same way when the loss is multiplied by %d", async (scale) => {
  const [plain, scaled] = [await distances("l-bfgs", 1, 12, 1), await distances("l-bfgs", 1, 12, scale)];
  scaled.forEach((d, i) => expect(d).toBeCloseTo(plain[i]!, 2));
  expect(scaled.at(-1)!).toBeLessThan(scaled[0]! / 10);
});
