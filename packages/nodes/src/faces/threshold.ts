/** Turns a distance into a decision, and says how clear it was. */
import { defineNode, NodeFailure, type NumberValue, type TensorValue } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";

export const threshold = defineNode({
  type: "Threshold",
  version: 1,
  title: "Threshold",
  group: "Faces",
  doc: "Decides whether a distance means the same person: yes, if it is at most the threshold. The margin says how clear the decision is (threshold − distance; negative for different people). 0.6 fits the Euclidean distance of the default encoder for verifying one claimed identity; no threshold is right everywhere, so measure yours: ROC and DET picks one from your own pictures, and its threshold goes straight in here.",
  formula: "\\text{same} \\iff d \\le \\tau,\\qquad \\text{margin} = \\tau - d",
  synonyms: ["decision", "verify", "face verification", "same person", "cutoff", "tau", "margin"],
  inputs: [
    { name: "distance", doc: "The distance of one pair.", type: tensorType([], "distance") },
    { name: "threshold", doc: "A threshold that takes the parameter's place, from ROC and DET or False matches.", type: { kind: "number" }, optional: true },
  ],
  outputs: [{ name: "decision", doc: "Whether both are the same, with distance, threshold and margin.", type: { kind: "decision" } }],
  params: [{ name: "threshold", title: "Threshold", kind: "number", default: 0.6, min: 0, max: 1000, step: 0.01, help: "The largest distance that still counts as the same." }],
  async evaluate({ inputs, params }) {
    const value = inputs["distance"] as TensorValue | NumberValue;
    if (value.kind === "tensor" && value.data.length !== 1) throw new NodeFailure("one-distance", `A decision is about one distance, and ${value.data.length} arrived: compare one pair of encodings.`);
    const distance = value.kind === "tensor" ? value.data[0]! : value.value;
    const wired = inputs["threshold"] as NumberValue | undefined;
    const limit = wired ? wired.value : (params["threshold"] as number);
    return { decision: { kind: "decision", same: distance <= limit, distance, threshold: limit, margin: limit - distance } };
  },
});
