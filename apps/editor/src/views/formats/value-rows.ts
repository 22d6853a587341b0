/** Any value as rows with names, and rows as CSV. */
import { learnedRows, type RuntimeValue } from "@patchbay/runtime";

export type Cell = string | number | boolean | null;
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Null for what has no rows: a picture. A tensor's last axis lies in the columns, all others are counted in front. */
export function valueRows(value: RuntimeValue): Rows | null {
  switch (value.kind) {
    case "table":
      return value;
    case "identity":
      return { columns: ["name", "distance"], rows: value.candidates.map((c) => [c.name, c.distance]) };
    case "series":
      return { columns: [value.x.name, ...value.curves.map((c) => c.name)], rows: value.x.values.map((x, i) => [x, ...value.curves.map((c) => c.values[i] ?? null)]) };
    case "gallery":
      return { columns: ["name", "photo", ...Array.from({ length: value.width }, (_, i) => String(i))], rows: value.entries.map((e) => [e.name, e.photo ?? null, ...e.encoding]) };
    case "images":
      return { columns: ["name", "label", "width", "height"], rows: value.items.map((i) => [i.name, i.label ?? null, i.image.width, i.image.height]) };
    case "faces":
      return {
        columns: ["picture", "face", "x", "y", "width", "height", "score"],
        rows: [value, ...(value.more ?? [])].flatMap(({ image, faces }, picture) => faces.map(({ box, score }, i) => [image.name ?? picture + 1, i + 1, box.x, box.y, box.width, box.height, score])),
      };
    case "activations":
      return { columns: ["layer", "shape"], rows: value.layers.map((l) => [l.name, l.tensor.shape.join("×")]) };
    case "decision":
      return { columns: ["same", "distance", "threshold", "margin"], rows: [[value.same, value.distance, value.threshold, value.margin]] };
    case "tensor":
      return tensorRows(value);
    case "number":
      return { columns: ["value"], rows: [[value.value]] };
    case "text":
      return { columns: ["text"], rows: value.text.split("\n").map((line) => [line]) };
    case "image":
      return null;
    default:
      return learnedRows(value);
  }
}

function tensorRows({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Rows {
  const width = shape.at(-1) ?? 1;
  const outer = shape.slice(0, -1);
  const axes = outer.map((_, i) => `axis ${i}`);
  const count = width ? data.length / width : 0;
  const rows = Array.from({ length: count }, (_, r) => [...position(outer, r), ...Array.from({ length: width }, (_, c) => data[r * width + c]!)]);
  return { columns: [...axes, ...(shape.length ? Array.from({ length: width }, (_, c) => String(c)) : ["value"])], rows };
}

/** The place on each axis of the n-th entry, the last axis fastest. */
export function position(shape: readonly number[], index: number): number[] {
  const place: number[] = [];
  for (let rest = index, axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}

/** RFC 4180: quotes where a comma, a quote or a line's end stands; an empty cell for null. */
export function toCsv({ columns, rows }: Rows): string {
  const cell = (value: Cell): string => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
