/** What a value is, in a few words under its view. */
import type { TensorForm } from "./tensor/form.ts";
import { tensorForm } from "./tensor/form.ts";
import type { Output } from "./state/use-outputs.ts";
import { facesInWords } from "./faces/faces-in-words.ts";
import { formatNumber } from "./numbers/format-number.ts";
import { sizeText } from "../ui/size-text.ts";

/** Views that show the numbers' range themselves, or for which it says nothing. */
const WITHOUT_RANGE: ReadonlySet<TensorForm> = new Set(["scalar", "pictures", "matrix", "strips", "slices", "maps"]);

export function caption({ shown: { value, summary }, type }: Pick<Output, "shown" | "type">): string {
  switch (summary.kind) {
    case "tensor": {
      const { tensor } = summary;
      if (!tensor) return sizeText(summary.bytes);
      const shape = tensor.shape.length ? `${tensor.dtype === "float32" ? "" : `${tensor.dtype} `}[${tensor.shape.join(",")}]` : "";
      const warning = tensor.notFinite ? ` · ${tensor.notFinite} NaN or infinite` : "";
      return WITHOUT_RANGE.has(tensorForm(tensor.shape, type)) ? `${shape}${warning}` : `${shape} ${formatNumber(tensor.min, 3)} … ${formatNumber(tensor.max, 3)}${warning}`;
    }
    case "image":
      return value?.kind === "image" ? `${value.width} × ${value.height}` : type?.kind === "image" && typeof type.width === "number" && typeof type.height === "number" ? `${type.width} × ${type.height}` : sizeText(summary.bytes);
    case "images":
      return value?.kind === "images" ? (value.items.length === 1 ? "1 picture" : `${value.items.length} pictures`) : sizeText(summary.bytes);
    case "activations":
      return `${summary.layers?.length === 1 ? "1 layer" : `${summary.layers?.length ?? 0} layers`} · ${sizeText(summary.bytes)}`;
    case "gallery":
      return value?.kind === "gallery" ? `${new Set(value.entries.map((e) => e.name)).size} people · ${value.network}` : "gallery";
    case "faces":
      return value?.kind === "faces" ? facesInWords([value, ...(value.more ?? [])].reduce((n, p) => n + p.faces.length, 0)) : "";
    case "table":
      return value?.kind === "table" ? `${value.rows.length} rows` : "table";
    case "patches":
      return value?.kind === "patches" ? value.network : sizeText(summary.bytes);
    case "network":
      return value?.kind === "network" ? value.network : "network";
    case "dataset":
    case "scatter":
    case "confusion":
    case "calibration":
      return sizeText(summary.bytes);
    default:
      return "";
  }
}
