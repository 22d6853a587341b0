/** One example of a dataset, to compare it with another, to encode it, or to look at it. */
import { defineNode, NodeFailure, type DatasetValue, type TensorValue } from "@patchbay/runtime/node-api";
import { ANY_TENSOR } from "../port-types.ts";

export const pickExample = defineNode({
  type: "PickExample",
  version: 1,
  title: "Pick example",
  group: "Learning",
  doc: "Takes one example out of a dataset, by its place in the whole or in a part: a picture as numbers in 0…1, an encoding, a signal; and the name of its person or class. What is held out is good for trying something that was made from the rest.",
  synonyms: ["select", "item", "row", "index", "sample", "one of"],
  inputs: [{ name: "dataset", doc: "The examples.", type: { kind: "dataset", example: null } }],
  outputs: [
    { name: "example", doc: "The example as a batch of one.", type: ANY_TENSOR },
    { name: "label", doc: "The name of its person or class.", type: { kind: "text" } },
  ],
  params: [
    { name: "index", title: "Place", kind: "number", default: 0, min: 0, max: 1e9, integer: true, help: "Which one, counted from 0." },
    {
      name: "part", title: "Out of", kind: "choice", default: "all", help: "Which part of the dataset is counted.",
      choices: [{ value: "all", title: "Everything" }, { value: "held-out", title: "The held-out part" }, { value: "training", title: "The training part" }],
    },
  ],
  infer({ inputs }) {
    const from = inputs["dataset"];
    if (from?.kind !== "dataset") return {};
    return { outputs: { example: { kind: "tensor", dtype: "float32", shape: from.example && [1, ...from.example], ...(from.meaning ? { meaning: from.meaning } : {}), ...(from.network ? { network: from.network } : {}) } } };
  },
  async evaluate({ inputs, params }) {
    const { example, data, labels, classes, heldOut, network } = inputs["dataset"] as DatasetValue;
    const part = params["part"] as string;
    const rows = [...labels.keys()].filter((i) => part === "all" || (part === "held-out") === (heldOut[i] === 1));
    const row = rows[params["index"] as number];
    if (row === undefined) throw new NodeFailure("no-example", `There is no example ${params["index"] as number}: ${rows.length ? `${rows.length} are there, counted from 0 to ${rows.length - 1}` : "nothing is in this part of the dataset"}.`, { param: "index" });
    const size = example.reduce((n, d) => n * d, 1);
    const own = data.subarray(row * size, (row + 1) * size);
    const value: TensorValue = { kind: "tensor", dtype: "float32", shape: [1, ...example], data: own instanceof Uint8Array ? Float32Array.from(own, (v) => v / 255) : own.slice(), ...(network ? { network } : {}) };
    return { example: value, label: { kind: "text", text: classes[labels[row]!]! } };
  },
});
