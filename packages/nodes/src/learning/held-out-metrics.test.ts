/** Metrics of held-out examples by hand, and a sentence where they cannot be told. */
import { float32, NodeFailure, tensor, type TensorData } from "@patchbay/runtime/node-api";
import { expect, test } from "vitest";
import { heldOutMetrics } from "./held-out-metrics.ts";

const labels = (...values: number[]) => tensor("int32", [values.length], values);
const code = (kind: "verification" | "classification" | "binary", predictions: TensorData, values: { [port: string]: TensorData }) => {
  try {
    heldOutMetrics(kind)!(predictions, values);
  } catch (error) {
    if (error instanceof NodeFailure) return error.code;
    throw error;
  }
  throw new Error("it was measured");
};

test("classes: one of three wrong; the first name decides, and smaller is better", () => {
  const found = heldOutMetrics("classification")!(float32([3, 2], [2, 0, 0, 1, 3, 3]), { labels: labels(0, 1, 1) });
  expect(Object.keys(found)[0]).toBe("error rate");
  expect(found["accuracy"]).toBeCloseTo(2 / 3, 12);
  expect(found["cross-entropy"]).toBeCloseTo((Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(-1)) + Math.LN2) / 3, 12);
});

test("encodings: two people of two rows; the same pairs lie nearer, but for one", () => {
  const found = heldOutMetrics("verification")!(float32([4, 1], [0, 1, 4, 9]), { labels: labels(0, 0, 1, 1) });
  // Squared distances: same 1 and 25; different 16, 81, 9, 64. Accepting up to 9 takes half of the same and a quarter of the different.
  expect(found["AUC"]).toBeCloseTo((4 + 2) / 8, 12);
  expect(found["EER"]).toBeCloseTo(0.5, 12);
});

test("yes or no: larger is surer, against “same” before labels", () => {
  expect(heldOutMetrics("binary")!(float32([4, 1], [3, -1, 2, -2]), { same: float32([4], [1, 0, 1, 0]), labels: labels(0, 1, 0, 1) })).toEqual({ EER: 0, AUC: 1 });
});

test("what cannot be measured is told", () => {
  expect(code("classification", float32([2, 2], [0, 1, 1, 0]), {})).toBe("no-labels");
  expect(code("classification", float32([2, 2], [0, 1, 1, 0]), { labels: labels(0, 2) })).toBe("too-few-classes");
  expect(code("verification", float32([2, 1], [0, 1]), { labels: labels(0, 1) })).toBe("no-pairs");
  expect(code("binary", float32([2, 2], [0, 1, 1, 0]), { labels: labels(0, 1) })).toBe("predictions-not-rows");
  expect(code("binary", float32([2], [0, 1]), { labels: labels(1, 1) })).toBe("no-pairs");
  expect(heldOutMetrics("none")).toBeUndefined();
});
