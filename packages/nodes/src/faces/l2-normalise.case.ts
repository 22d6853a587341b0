/** Worked examples of L2 normalise. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

export const cases: NodeCase[] = [
  {
    name: "rows of a batch", inputs: { x: busy([3, 4]) }, from: "PyTorch 1.13, tests/peers/face_cases.py", differentiable: ["x"],
    expected: { y: tensorValue(float32([3, 4], [-0.77495454, -0.47584928, -0.081574162, 0.4078708, -0.69044589, -0.032878376, 0.71674859, -0.092059457, -0.69032526, 0.18520921, -0.26939522, -0.64542605])) },
  },
  { name: "nothing stays nothing", inputs: { x: tensorValue(float32([2], [0, 0])) }, expected: { y: tensorValue(float32([2], [0, 0])) }, from: "by hand" },
];
