/** Worked examples of Activation, one a function, at both tails and around zero. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

const row = (values: readonly number[]) => tensorValue(float32([1, 8], values));
const input = row([-7, -1, -0.25, 0, 0.5, 2, 6.5, 30]);
/** Kinks at 0 and 6 have no slope: gradients are compared beside them. */
const smooth = row([-7, -1, -0.25, 0.1, 0.5, 2, 6.5, 30]);

const EXPECTED: { readonly [name: string]: readonly number[] } = {
  relu: [0, 0, 0, 0, 0.5, 2, 6.5, 30],
  relu6: [0, 0, 0, 0, 0.5, 2, 6, 6],
  "leaky-relu": [-0.7, -0.1, -0.025, 0, 0.5, 2, 6.5, 30],
  sigmoid: [0.00091105119, 0.26894142, 0.4378235, 0.5, 0.62245933, 0.88079708, 0.99849882, 1],
  tanh: [-0.99999834, -0.76159416, -0.24491866, 0, 0.46211716, 0.96402758, 0.99999548, 1],
  gelu: [-8.9586671e-12, -0.15865525, -0.10032342, 0, 0.34573123, 1.9544997, 6.5, 30],
  softplus: [0.00091146645, 0.31326169, 0.57593942, Math.LN2, 0.97407698, 2.126928, 6.5015023, 30],
  softmax: [8.5330476e-17, 3.4424771e-14, 7.2877241e-14, 9.357623e-14, 1.5428112e-13, 6.9144001e-13, 6.2241446e-11, 1],
};

export const cases: NodeCase[] = Object.entries(EXPECTED).flatMap(([name, values]): NodeCase[] => [
  { name, params: { function: name, slope: 0.1 }, inputs: { input }, expected: { output: row(values) }, from: "PyTorch 1.13, tests/peers/node_cases.py", tolerance: 1e-6 },
  { name: `${name}, its slope`, params: { function: name, slope: 0.1 }, inputs: { input: smooth }, expected: { output: () => {} }, from: "central differences", differentiable: ["input"] },
]);
