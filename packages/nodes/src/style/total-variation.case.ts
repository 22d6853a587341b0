/** Worked examples of TotalVariation. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const cost = (value: number) => ({ cost: tensorValue(float32([], [value])) });

export const cases: NodeCase[] = [
  {
    name: "a step of 1 across", inputs: { image: tensorValue(float32([1, 2, 2, 3], [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1])) }, expected: cost(1), from: "by hand", differentiable: ["image"],
  },
  { name: "a busy picture", inputs: { image: busy([1, 4, 5, 3], 0, 1) }, expected: cost(0.27419585), from: "PyTorch 1.13, tests/peers/node_cases.py", differentiable: ["image"] },
];
