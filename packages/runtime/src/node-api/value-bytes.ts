/** How much memory a value takes, for caches and for people who look at it. */
import type { RuntimeValue } from "./values.ts";

/** Approximate bytes that a value holds. */
export function bytesOf(value: RuntimeValue): number {
  switch (value.kind) {
    case "image":
      return value.data.byteLength;
    case "images":
      return value.items.reduce((n, i) => n + i.image.data.byteLength, 0);
    case "gallery":
      return value.entries.length * (value.width * 4 + 64);
    case "faces":
      return [value, ...(value.more ?? [])].reduce((n, v) => n + v.image.data.byteLength, 0);
    case "series":
      return value.curves.reduce((n, c) => n + c.values.length * 8, 0);
    case "tensor":
      return value.data.byteLength;
    case "activations":
      return value.layers.reduce((n, layer) => n + layer.tensor.data.byteLength, 0);
    case "dataset":
      return value.data.byteLength + (value.thumbnails ?? []).reduce((n, i) => n + i.data.byteLength, 0);
    case "network":
      return value.files.reduce((n, f) => n + f.bytes.byteLength, 0);
    case "patches":
      return value.units.reduce((n, u) => n + u.patches.reduce((m, p) => m + p.image.data.byteLength, 0), 0);
    case "scatter":
      return value.points.reduce((n, p) => n + 64 + (p.image?.data.byteLength ?? 0), 0);
    case "file":
      return value.bytes.byteLength;
    default:
      return 256;
  }
}
