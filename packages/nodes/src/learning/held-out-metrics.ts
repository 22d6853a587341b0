/** How a Trainer measures what it has learned on the examples that are held out; the first number decides which weights are kept. */
import { NodeFailure, type TensorData, type TrainOptions } from "@patchbay/runtime/node-api";
import { scoreRates, verificationRates } from "./verification-metrics.ts";

export type Validation = "verification" | "classification" | "binary" | "none";
type Metrics = NonNullable<TrainOptions["metrics"]>;
type Beside = { readonly [port: string]: TensorData };

const METRICS: { readonly [V in Exclude<Validation, "none">]: Metrics } = {
  /** All pairs of held-out rows by the Euclidean distance of their encodings. */
  verification(predictions, values) {
    const [rows, width] = rowsOf(predictions, "encodings");
    const rates = verificationRates(predictions.data as Float32Array, width, column(values, ["labels"], rows).data);
    if (!rates) throw new NodeFailure("no-pairs", "Among the examples that are held out there are no two of one person, or no two people: hold out more of them.", { param: "validate" });
    return { EER: rates.eer, AUC: rates.auc };
  },

  /** The largest of each row's numbers against its class. */
  classification(predictions, values) {
    const [rows, width] = rowsOf(predictions, "one number a class");
    const { data: labels } = column(values, ["labels"], rows);
    const beyond = labels.find((label) => label >= width);
    if (beyond !== undefined) throw new NodeFailure("too-few-classes", `The predictions have ${width} number${width === 1 ? "" : "s"} a row, and an example that is held out is of class ${beyond}, counted from 0: give the last layer a unit for each class.`, { param: "validate" });
    let [wrong, loss] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const row = predictions.data.subarray(i * width, (i + 1) * width);
      let best = 0;
      for (let c = 1; c < width; c++) if (row[c]! > row[best]!) best = c;
      const label = labels[i]!;
      if (best !== label) wrong++;
      loss += logSumExp(row) - row[label]!;
    }
    return { "error rate": wrong / rows, accuracy: 1 - wrong / rows, "cross-entropy": loss / rows };
  },

  /** One number a row that rises with how sure it is: no threshold is needed. */
  binary(predictions, values) {
    const [rows, width] = rowsOf(predictions, "one number a row");
    if (width !== 1) throw new NodeFailure("predictions-not-rows", `Validating a yes-or-no needs one number a row, and the predictions are [${predictions.shape}].`, { param: "validate" });
    const rates = scoreRates(predictions.data, column(values, ["same", "labels"], rows).data);
    if (!rates) throw new NodeFailure("no-pairs", "All examples that are held out have one answer, so there are no error rates: hold out more of them.", { param: "validate" });
    return { EER: rates.eer, AUC: rates.auc };
  },
};

export const heldOutMetrics = (validation: Validation): Metrics | undefined => (validation === "none" ? undefined : METRICS[validation]);

function rowsOf(predictions: TensorData, what: string): [rows: number, width: number] {
  const { shape } = predictions;
  if (shape.length > 2) throw new NodeFailure("predictions-not-rows", `The predictions are [${shape}], and ${what} are needed to validate them.`, { param: "validate" });
  return [shape[0]!, shape[1] ?? 1];
}

/** The first of these outputs that the feed has. */
function column(values: Beside, names: readonly string[], rows: number): TensorData {
  const found = names.map((name) => values[name]).find((t) => t && t.data.length === rows);
  if (!found) throw new NodeFailure("no-labels", `The batches bring no ${names.map((n) => `“${n}”`).join(" or ")} to hold the predictions against; choose another way to validate.`, { param: "validate" });
  return found;
}

function logSumExp(row: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < row.length; i++) most = Math.max(most, row[i]!);
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i]! - most);
  return most + Math.log(sum);
}
