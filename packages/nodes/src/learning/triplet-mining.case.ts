/** Worked examples of Triplet mining: six examples of three people, by loops over all their triplets. */
import { tensor, tensorValue, type NodeCase, type TensorValue } from "@patchbay/runtime/node-api";
import { float32 } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const encodings = busy([6, 2]);
const labels = tensorValue(tensor("int32", [6], [0, 0, 0, 1, 1, 2]));
/** Person 2 has one photo; the triplet 0, 1, 3 was found to keep the margin. */
const triplets: TensorValue = (() => {
  const draw = busy([6, 6, 6], 0.01, 1, 2);
  draw.data[1 * 6 + 3] = 0;
  return draw;
})();
const chosen = (...rows: number[][]) => tensorValue(tensor("int32", [rows.length, 4], rows.flat()));
const numbers = (...values: number[]) => tensorValue(float32([values.length], values));
const picked = (rows: number[], of: TensorValue = encodings) => tensorValue(float32([rows.length, 2], rows.flatMap((r) => [of.data[2 * r]!, of.data[2 * r + 1]!])));
const from = "NumPy and PyTorch, tests/peers/learning_cases.py";

export const cases: NodeCase[] = [
  {
    name: "random: the highest draw that may be chosen", params: { mode: "random" }, inputs: { encodings, labels, triplets }, from, differentiable: ["encodings"],
    expected: { chosen: chosen([0, 2, 5, 0], [1, 0, 4, 0], [2, 0, 5, 1], [3, 4, 5, 0], [4, 3, 0, 0], [-1, -1, -1, 0]), fed: numbers(1, 1, 1, 1, 1, 0), anchor: encodings },
  },
  {
    name: "semi-hard: farther than the positive, within the margin; anchors without one are left out", params: { mode: "semi-hard", margin: 0.8 }, inputs: { encodings, labels, triplets }, from,
    expected: { chosen: chosen([0, 2, 5, 0], [1, 2, 4, 0], [2, 0, 5, 0], [-1, -1, -1, 0], [-1, -1, -1, 0], [-1, -1, -1, 0]), fed: numbers(1, 1, 1, 0, 0, 0) },
  },
  {
    name: "hard: the farthest positive with the nearest negative", params: { mode: "hard" }, inputs: { encodings, labels, triplets }, from, differentiable: ["encodings"],
    expected: { chosen: chosen([0, 1, 5, 0], [1, 0, 4, 0], [2, 1, 4, 0], [3, 4, 1, 0], [4, 3, 2, 0], [-1, -1, -1, 0]), fed: numbers(1, 1, 1, 1, 1, 0), positive: picked([1, 0, 1, 4, 3, 0]), negative: picked([5, 4, 4, 1, 2, 0]) },
  },
  {
    name: "without Batches all that the labels allow may be chosen; one that keeps the margin says so", params: { mode: "hard", margin: 0.5 }, from: "by hand: 1 − 9 = −8, 1 − 4 = −3",
    inputs: { encodings: tensorValue(float32([3, 1], [0, 1, 3])), labels: tensorValue(tensor("int32", [3], [7, 7, 8])) },
    expected: { chosen: chosen([0, 1, 2, 1], [1, 0, 2, 1], [-1, -1, -1, 0]), fed: numbers(1, 1, 0), positive: tensorValue(float32([3, 1], [1, 0, 0])), negative: tensorValue(float32([3, 1], [3, 3, 0])) },
  },
];
