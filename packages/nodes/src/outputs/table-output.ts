/** Shows what has rows: candidates, losses, galleries, small matrices. */
import { defineNode, learnedRows, NodeFailure, type RuntimeValue, type TableValue } from "@patchbay/runtime/node-api";
import { describeValue } from "./describe.ts";

export const tableOutput = defineNode({
  type: "TableOutput",
  version: 1,
  title: "Table output",
  group: "Outputs",
  doc: "Writes a value as a table: candidates with their distances, a series step by step, a gallery's people, the layers of activations, the rows of a matrix. Long tables are cut.",
  synonyms: ["rows", "list", "csv", "show", "viewer"],
  role: "output",
  inputs: [{ name: "value", doc: "Anything that has rows.", type: { kind: "any" } }],
  outputs: [{ name: "table", doc: "Columns with names, and rows.", type: { kind: "table" } }],
  params: [{ name: "rows", title: "Most rows", kind: "number", default: 1000, min: 1, max: 1_000_000, integer: true, help: "Longer tables end here." }],
  async evaluate({ params, inputs }) {
    const { columns, rows } = tabulate(inputs["value"] as RuntimeValue);
    return { table: { kind: "table", columns, rows: rows.slice(0, params["rows"] as number) } };
  },
});

function tabulate(value: RuntimeValue): Omit<TableValue, "kind"> {
  switch (value.kind) {
    case "table":
      return value;
    case "identity":
      return { columns: ["name", "distance"], rows: value.candidates.map((c) => [c.name, c.distance]) };
    case "series":
      return { columns: [value.x.name, ...value.curves.map((c) => c.name)], rows: value.x.values.map((x, i) => [x, ...value.curves.map((c) => c.values[i] ?? null)]) };
    case "gallery":
      return { columns: ["name", "photo"], rows: value.entries.map((e) => [e.name, e.photo ?? null]) };
    case "images":
      return { columns: ["name", "label", "width", "height"], rows: value.items.map((i) => [i.name, i.label ?? null, i.image.width, i.image.height]) };
    case "faces":
      return { columns: ["x", "y", "width", "height", "score"], rows: value.faces.map(({ box, score }) => [box.x, box.y, box.width, box.height, score]) };
    case "activations":
      return { columns: ["layer", "shape"], rows: value.layers.map((l) => [l.name, l.tensor.shape.join("×")]) };
    case "decision":
      return { columns: ["same", "distance", "threshold", "margin"], rows: [[value.same, value.distance, value.threshold, value.margin]] };
    case "tensor": {
      const width = value.shape.at(-1) ?? 1;
      if (width === 0) return { columns: [], rows: [] };
      const rows = Array.from({ length: value.data.length / width }, (_, r) => Array.from(value.data.subarray(r * width, (r + 1) * width)));
      return { columns: Array.from({ length: width }, (_, c) => String(c)), rows };
    }
    case "number":
    case "text":
      return { columns: ["value"], rows: [[value.kind === "number" ? value.value : value.text]] };
    case "image":
      throw new NodeFailure("no-rows", `A ${describeValue(value)} has no rows; connect an Image output instead.`);
    default:
      return learnedRows(value);
  }
}
