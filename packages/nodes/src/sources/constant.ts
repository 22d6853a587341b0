/** Numbers written in the graph: encodings to try, logistic weights, filters small enough to read. */
import type { Json } from "@patchbay/graph-core";
import { defineNode } from "@patchbay/runtime/node-api";
import { ANY_TENSOR, mistake, tensorType } from "../port-types.ts";

/** 256 MiB of float32: more belongs into a file. */
const MOST_NUMBERS = 2 ** 26;

export const constant = defineNode({
  type: "Constant",
  version: 1,
  title: "Constant",
  group: "Sources",
  doc: "A tensor of numbers written in the graph. Nested lists give the shape by themselves: `[[1,2],[3,4]]` is 2×2. With a shape given, the numbers fill it row by row, or one number fills it all.",
  synonyms: ["number", "value", "literal", "tensor", "vector", "matrix"],
  inputs: [],
  outputs: [{ name: "value", doc: "The numbers as a tensor.", type: ANY_TENSOR }],
  params: [
    { name: "values", title: "Values", kind: "numbers", default: [0], help: "Numbers, nested for more than one axis." },
    { name: "shape", title: "Shape", kind: "numbers", default: [], min: 1, help: "Lengths of the axes; empty takes the shape of the nested lists." },
    { name: "scalar", title: "Scalar", kind: "boolean", default: false, help: "One number becomes a tensor without axes." },
  ],
  infer({ params }) {
    const read = readConstant(params);
    if (typeof read === "string") return mistake(["value"], "shape-mismatch", read, { param: "values" });
    const size = read.shape.reduce((n, d) => n * d, 1);
    if (size > MOST_NUMBERS) return mistake(["value"], "too-large", `A constant of shape ${read.shape.join("×")} would hold ${size} numbers; at most ${MOST_NUMBERS} fit.`, { param: "shape" });
    return { outputs: { value: tensorType(read.shape) } };
  },
  lower({ b, params }) {
    const read = readConstant(params);
    if (typeof read === "string") throw new Error(read);
    const [only, second] = read.values;
    return { value: second === undefined && read.shape.length ? b.broadcast(b.scalar(only ?? 0), read.shape) : b.floats(read.shape, read.values) };
  },
});

/** The numbers and their shape, or the sentence that says what is wrong with them. */
function readConstant(params: { readonly [name: string]: Json }): { shape: number[]; values: number[] } | string {
  const nested = params["values"] as Json;
  const own = shapeOf(nested);
  if (!own) return "The nested lists differ in length, so they have no shape.";
  const values = flat(nested);
  if (params["scalar"] === true) return values.length === 1 ? { shape: [], values } : `A scalar is one number, and ${values.length} are given.`;
  const shape = (params["shape"] as number[]).length ? (params["shape"] as number[]) : own;
  const size = shape.reduce((n, d) => n * d, 1);
  if (values.length === 1 && size > 1) return { shape, values }; // one number fills it all
  return values.length === size ? { shape, values } : `${values.length} numbers do not fill the shape ${shape.join("×")}, which holds ${size}.`;
}

const flat = (value: Json): number[] => (Array.isArray(value) ? (value as Json[]).flatMap(flat) : [value as number]);

function shapeOf(value: Json): number[] | null {
  if (!Array.isArray(value)) return [];
  const inner = (value as Json[]).map(shapeOf);
  const first = inner[0] ?? [];
  return inner.every((s) => s && s.length === first.length && s.every((d, i) => d === first[i])) ? [value.length, ...first] : null;
}
