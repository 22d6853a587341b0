/** Any value as a line or two that a person can read. */
import { learnedText, type RuntimeValue, type TensorData } from "@patchbay/runtime/node-api";

export function describeValue(value: RuntimeValue): string {
  switch (value.kind) {
    case "tensor":
      return describeTensor(value);
    case "image":
      return `${value.width}×${value.height} picture${value.name ? ` ${value.name}` : ""}`;
    case "images":
      return `${value.items.length} pictures: ${value.items.map((i) => i.name).join(", ")}`;
    case "activations":
      return value.layers.map((l) => `${l.name} ${describeTensor(l.tensor)}`).join("\n");
    case "faces":
      return value.faces.length === 1 ? `1 face, score ${short(value.faces[0]!.score)}` : `${value.faces.length} faces`;
    case "decision":
      return `${value.same ? "same person" : "different people"}: distance ${short(value.distance)}, threshold ${short(value.threshold)}, margin ${short(value.margin)}`;
    case "identity":
      return value.name === null ? `not recognised (nearest at ${short(value.distance)}, threshold ${short(value.threshold)})` : `${value.name} (distance ${short(value.distance)}, threshold ${short(value.threshold)})`;
    case "gallery":
      return `gallery of ${new Set(value.entries.map((e) => e.name)).size} people in ${value.entries.length} photos`;
    case "series":
      return value.curves.map((c) => `${c.name}: ${c.values.length ? `${short(c.values[0]!)} → ${short(c.values.at(-1)!)}` : "nothing yet"}`).join("\n");
    case "table":
      return `table of ${value.rows.length} rows: ${value.columns.join(", ")}`;
    case "text":
      return value.text;
    case "number":
      return short(value.value);
    default:
      return learnedText(value);
  }
}

/** Small ones in full; of large ones the range and mean. */
function describeTensor({ dtype, shape, data }: TensorData): string {
  const head = `${dtype} [${shape.join(",")}]`;
  if (data.length <= 16) return shape.length ? `${head} ${Array.from(data, short).join(" ")}` : short(data[0]!);
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const v of data) {
    if (v < low) low = v;
    if (v > high) high = v;
    sum += v;
  }
  return `${head} from ${short(low)} to ${short(high)}, mean ${short(sum / data.length)}`;
}

/** Five significant digits, without trailing zeros. */
export const short = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(5))) : String(value));
