/** Output values as a person reads them: a sentence or a small table each. */
import { learnedText, type RuntimeValue, type TensorValue } from "@patchbay/runtime/node-api";
import { columns, visible, type Style } from "./style.ts";

const MOST_ROWS = 20;

/** Lines for one output; the first begins with its name. */
export function formatOutput(name: string, value: RuntimeValue, style: Style, saved?: string): string {
  const head = `${style.bold(visible(name))}: `;
  const lines = linesOf(name, value, style, saved);
  if (saved !== undefined) lines.push(...(value.kind === "image" ? [] : [style.dim(`saved to ${visible(saved)}`)]));
  return head + lines.join("\n  ");
}

function linesOf(name: string, value: RuntimeValue, style: Style, saved: string | undefined): string[] {
  switch (value.kind) {
    case "decision": {
      const answer = value.same ? style.green("yes") : style.red("no");
      return [`same person: ${answer} (distance ${number(value.distance)}, threshold ${number(value.threshold)}, margin ${number(value.margin)})`];
    }
    case "identity": {
      const answer = value.name === null ? style.yellow("not recognised") : style.green(visible(value.name));
      const others = value.candidates.map((c) => [visible(c.name), number(c.distance)]);
      return [`${answer} (distance ${number(value.distance)}, threshold ${number(value.threshold)})`, ...columns(others).map((line) => style.dim(line))];
    }
    case "image": {
      const size = `image ${value.width}×${value.height}`;
      return [saved === undefined ? `${size} ${style.dim(`(save it with --output ${shellName(name)}=FILE.png)`)}` : `${size}, saved to ${visible(saved)}`];
    }
    case "images":
      return [`${count(value.items.length, "picture")}`];
    case "faces":
      return [value, ...(value.more ?? [])].flatMap(({ image, faces }) => [
        `${count(faces.length, "face")}${image.name === undefined ? "" : ` on ${visible(image.name)}`}`,
        ...faces.slice(0, MOST_ROWS).map((f) => `at ${whole(f.box.x)},${whole(f.box.y)}, ${whole(f.box.width)}×${whole(f.box.height)} px, score ${number(f.score)}`),
      ]);
    case "gallery":
      return [`gallery of ${count(new Set(value.entries.map((e) => e.name)).size, "person", "people")}, ${count(value.entries.length, "photo")}`];
    case "activations":
      return [count(value.layers.length, "layer"), ...columns(value.layers.map((l) => [visible(l.name), `[${l.tensor.shape}]`]))];
    case "tensor":
      return [tensorText(value)];
    case "series":
      return [`${count(value.x.values.length, "point")} over ${visible(value.x.name)}`, ...columns(value.curves.map((c) => [visible(c.name), `${number(c.values[0])} → ${number(c.values.at(-1))}`]))];
    case "table": {
      const rows = value.rows.slice(0, MOST_ROWS).map((row) => row.map((cell) => (typeof cell === "number" ? number(cell) : visible(String(cell ?? "")))));
      const more = value.rows.length > MOST_ROWS ? [style.dim(`… ${value.rows.length - MOST_ROWS} more rows`)] : [];
      const [titles, ...body] = columns([value.columns.map(visible), ...rows]);
      return ["", style.bold(titles ?? ""), ...body, ...more];
    }
    case "text":
      return value.text.split("\n").map(visible);
    case "number":
      return [number(value.value)];
    default:
      return [visible(learnedText(value))];
  }
}

function tensorText(value: TensorValue): string {
  if (value.data.length === 1) return `${number(value.data[0])}${value.shape.length ? ` [${value.shape}]` : ""}`;
  const some = Array.from(value.data.subarray(0, 6), (v) => number(v)).join(", ");
  return `${value.dtype} [${value.shape}] ${some}${value.data.length > 6 ? ", …" : ""}`;
}

/** Enough digits to tell values apart: two decimals from 0.1 (as rounded) up to 100, four significant digits elsewhere. */
export function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const size = Math.abs(value);
  return size >= 0.0995 && size < 100 ? value.toFixed(2) : String(Number(value.toPrecision(4)));
}

const whole = (value: number): string => String(Math.round(value));
const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const shellName = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(visible(name)));
