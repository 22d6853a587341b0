/** Draws curves: losses while they fall, signals, rows of numbers. */
import { defineNode, NodeFailure, type RuntimeValue, type SeriesValue } from "@patchbay/runtime/node-api";
import { ANY_TENSOR } from "../port-types.ts";

export const plot = defineNode({
  type: "Plot",
  version: 1,
  title: "Plot",
  group: "Outputs",
  doc: "Draws curves: the terms of a loss over the steps of an optimiser, the channels of a signal over time, or a vector over its index.",
  synonyms: ["chart", "graph", "curve", "line", "loss curve"],
  role: "output",
  inputs: [{ name: "series", doc: "Named curves, a signal [1,L,C], or a vector.", type: [{ kind: "series" }, ANY_TENSOR] }],
  outputs: [{ name: "series", doc: "The curves.", type: { kind: "series" } }],
  params: [
    { name: "logarithmic", title: "Logarithmic", kind: "boolean", default: false, help: "Draws the values on a logarithmic axis; the numbers stay as they are." },
  ],
  evaluate: async ({ inputs }) => ({ series: asSeries(inputs["series"] as RuntimeValue) }),
});

function asSeries(value: RuntimeValue): SeriesValue {
  if (value.kind === "series") return value;
  if (value.kind !== "tensor") throw new NodeFailure("not-a-series", `A ${value.kind} cannot be drawn as curves.`);
  const { shape, data } = value;
  // [L] is one curve; the last axis of anything longer holds the curves, all axes before it their index.
  const curves = shape.length < 2 ? 1 : shape.at(-1)!;
  const length = curves === 0 ? 0 : data.length / curves;
  const steps = Array.from({ length }, (_, i) => i);
  return {
    kind: "series",
    x: { name: "index", values: steps },
    curves: Array.from({ length: curves }, (_, c) => ({ name: curves === 1 ? "value" : `channel ${c}`, values: steps.map((i) => data[i * curves + c]!) })),
  };
}
