/** Worked examples of Confusion matrix: counted by hand. */
import { float32, tensor, tensorValue, type DatasetValue, type NodeCase } from "@patchbay/runtime/node-api";

const predictions = tensorValue(float32([5, 2], [3, 1, 0, 2, 5, 4, -1, -2, 0, 0]));
const labels = tensorValue(tensor("int32", [5], [0, 1, 1, 0, 1]));
const cats: DatasetValue = { kind: "dataset", example: [1], data: new Float32Array(2), classes: ["cat", "dog"], labels: Int32Array.from([0, 1]), heldOut: new Uint8Array(2), names: ["a", "b"] };

export const cases: NodeCase[] = [
  {
    name: "five examples of two classes; of equal scores the first counts", inputs: { predictions, labels }, from: "by hand: predicted 0, 1, 0, 0, 0",
    expected: {
      confusion: { kind: "confusion", classes: ["0", "1"], counts: [[2, 0], [2, 1]] }, accuracy: { kind: "number", value: 0.6 },
      table: { kind: "table", columns: ["class", "examples", "precision", "recall"], rows: [["0", 2, 0.5, 1], ["1", 3, 1, 1 / 3]] },
    },
  },
  {
    name: "a class that is never predicted has no precision; names come from the dataset", inputs: { predictions: tensorValue(float32([2, 2], [1, 0, 1, 0])), labels: tensorValue(tensor("int32", [2], [0, 1])), dataset: cats }, from: "by hand",
    expected: { confusion: { kind: "confusion", classes: ["cat", "dog"], counts: [[1, 0], [1, 0]] }, table: { kind: "table", columns: ["class", "examples", "precision", "recall"], rows: [["cat", 1, 0.5, 1], ["dog", 1, null, 0]] } },
  },
];
