/** Which classes are taken for which: how well a classifier does, class by class. */
import { defineNode, NodeFailure, type ConfusionValue, type DatasetValue, type NetworkValue, type TableValue, type TensorData, type TensorValue } from "@patchbay/runtime/node-api";
import { NETWORK } from "../networks/file-network.ts";
import { mistake, tensorType } from "../port-types.ts";
import { partOf } from "./draws.ts";
import { runOnDataset } from "./run-on-dataset.ts";

type Part = "held-out" | "training" | "all";

export const confusionMatrix = defineNode({
  type: "ConfusionMatrix",
  version: 1,
  title: "Confusion matrix",
  group: "Learning",
  doc: "Counts which classes are predicted for which true ones. From a network and a dataset: the network is run on the examples that are held out (or on the others, or on all). Or from predictions, one score a class, and the true classes of their rows. The class with the largest score is what is predicted. Precision: of what was predicted as a class, the share that is it; recall: of what is a class, the share that was found.",
  formula: String.raw`M_{ij} = \#\{\,n : y_n = i,\ \operatorname*{arg\,max}_c z_{nc} = j\,\},\qquad \text{accuracy} = \frac{\operatorname{tr} M}{\sum M}`,
  source: "Goodfellow, Bengio & Courville, Deep Learning, section 11.1",
  synonyms: ["accuracy", "precision", "recall", "classification report", "evaluation", "error rate"],
  inputs: [
    { name: "network", doc: "A classifier, from Trainer or Network: one score a class.", type: NETWORK, optional: true },
    { name: "dataset", doc: "The examples that it is run on; also the names of the classes.", type: { kind: "dataset", example: null }, optional: true },
    { name: "predictions", doc: "Scores in the place of a network: one row an example, one column a class.", type: tensorType(["N", "C"]), optional: true },
    { name: "labels", doc: "The true class of each row of the predictions, counted from 0.", type: { kind: "tensor", dtype: "int32", shape: ["N"] }, optional: true },
  ],
  outputs: [
    { name: "confusion", doc: "Counts, one row a true class.", type: { kind: "confusion" } },
    { name: "accuracy", doc: "The share of examples that are predicted rightly.", type: { kind: "number" } },
    { name: "table", doc: "Examples, precision and recall of each class.", type: { kind: "table" } },
  ],
  params: [
    {
      name: "part", title: "Examples", kind: "choice", default: "held-out", help: "Which examples of the dataset the network is run on.",
      choices: [{ value: "held-out", title: "Those held out" }, { value: "training", title: "Those learned from" }, { value: "all", title: "All" }],
    },
  ],
  infer({ inputs }) {
    const outputs = ["confusion", "accuracy", "table"];
    if (inputs["predictions"] && !inputs["labels"]) return mistake(outputs, "missing-input", "Predictions arrive without the true classes: connect “labels”.", { port: "labels" });
    if (!inputs["predictions"] && !(inputs["network"] && inputs["dataset"])) return mistake(outputs, "missing-input", "There is nothing to count: connect a network and a dataset, or predictions and labels.", { port: inputs["network"] ? "dataset" : "network" });
    return {};
  },
  async evaluate(context) {
    const { inputs, params } = context;
    const dataset = inputs["dataset"] as DatasetValue | undefined;
    const network = inputs["network"] as NetworkValue | undefined;
    const given = inputs["predictions"] as TensorValue | undefined;
    const part = params["part"] as Part;
    let scores: TensorData;
    let labels: ArrayLike<number>;
    if (given) [scores, labels] = [given, (inputs["labels"] as TensorValue).data];
    else {
      const indices = part === "all" ? Array.from(dataset!.labels, (_, i) => i) : partOf(dataset!, part === "held-out" ? 1 : 0);
      if (!indices.length) throw new NodeFailure("no-examples", part === "held-out" ? "Nothing of the dataset is held out: hold out some of every class, or count all examples." : "All of the dataset is held out.", { param: "part" });
      scores = await runOnDataset(context, network!, dataset!, indices, "Running the network");
      labels = indices.map((i) => dataset!.labels[i]!);
    }
    const value = count(scores, labels, dataset?.classes ?? network?.classes);
    const right = value.counts.reduce((n, row, i) => n + row[i]!, 0);
    return { confusion: value, accuracy: { kind: "number", value: right / labels.length }, table: report(value) };
  },
});

function count({ shape, data }: TensorData, labels: ArrayLike<number>, names: readonly string[] | undefined): ConfusionValue {
  const rows = shape[0]!;
  const width = rows ? data.length / rows : 0;
  if (names && width !== names.length) throw new NodeFailure("classes-differ", `There are ${width} scores for each example, and the dataset has ${names.length} classes: one score a class is needed.`);
  const classes = names ?? Array.from({ length: width }, (_, c) => String(c));
  const counts = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < rows; i++) {
    const truth = labels[i]!;
    if (!counts[truth]) throw new NodeFailure("classes-differ", `An example is of class ${truth}, and there are scores for ${width} classes, counted from 0.`);
    let best = 0;
    for (let c = 1; c < width; c++) if (data[i * width + c]! > data[i * width + best]!) best = c;
    counts[truth]![best]!++;
  }
  return { kind: "confusion", classes, counts };
}

function report({ classes, counts }: ConfusionValue): TableValue {
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const share = (hits: number, of: number): number | null => (of ? hits / of : null);
  return { kind: "table", columns: ["class", "examples", "precision", "recall"], rows: classes.map((name, c) => [name, sum(counts[c]!), share(counts[c]![c]!, sum(counts.map((row) => row[c]!))), share(counts[c]![c]!, sum(counts[c]!))]) };
}
