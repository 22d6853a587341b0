/** Shows any value as text: the first thing to connect when one wonders what a wire carries. */
import { defineNode, type RuntimeValue } from "@patchbay/runtime/node-api";
import { describeValue } from "./describe.ts";

export const valueOutput = defineNode({
  type: "ValueOutput",
  version: 1,
  title: "Value output",
  group: "Outputs",
  doc: "Writes any value so that a person can read it: a number, a decision, a tensor's shape with its range and mean.",
  synonyms: ["print", "show", "inspect", "viewer", "log", "text"],
  role: "output",
  inputs: [{ name: "value", doc: "Anything.", type: { kind: "any" } }],
  outputs: [{ name: "text", doc: "The value in words and numbers.", type: { kind: "text" } }],
  params: [],
  evaluate: async ({ inputs }) => ({ text: { kind: "text", text: describeValue(inputs["value"] as RuntimeValue) } }),
});
