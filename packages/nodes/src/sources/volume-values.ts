/** Brings the voxels of a file to the numbers that networks learn on: 0…1, of all values or of a window. */
import { NodeFailure, type EvaluateContext, type TableValue } from "@patchbay/runtime/node-api";
import type { StoredVolume } from "../volumes/stored-volume.ts";

export interface Scaled {
  readonly data: Float32Array;
  /** Lowest and highest of the file. */
  readonly ends: readonly [number, number];
}

/**
 * `range`: the lowest becomes 0 and the highest 1. `window`: `centre` ± half the `width` becomes 0…1, and what lies beyond is cut off.
 * `stored`: as they are. What is no number counts as the lowest and is told; where there is no number at all, throws NodeFailure `no-numbers`.
 */
export function scaleValues({ data }: StoredVolume, { values, centre, width }: { values: "range" | "window" | "stored"; centre: number; width: number }, warn: EvaluateContext["warn"]): Scaled {
  let [low, high, bad] = [Infinity, -Infinity, 0];
  for (const v of data) {
    if (!Number.isFinite(v)) bad++;
    else {
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  if (bad === data.length) throw new NodeFailure("no-numbers", "The file holds no numbers, only NaN or infinities.", { param: "file" });
  if (bad) warn("not-finite", `${bad} of ${data.length} voxels are no numbers (NaN or infinite): they count as the lowest value, ${low}.`, { param: "file" });
  if (values === "range" && low === high) warn("values-equal", `Every voxel has the value ${low}: all become 0.`, { param: "values" });
  const [from, times] = values === "stored" ? [0, 1] : values === "range" ? [low, high > low ? 1 / (high - low) : 0] : [centre - width / 2, 1 / width];
  for (let i = 0; i < data.length; i++) {
    const value = ((Number.isFinite(data[i]!) ? data[i]! : low) - from) * times;
    data[i] = values === "stored" ? value : Math.min(1, Math.max(0, value));
  }
  return { data, ends: [low, high] };
}

/** What is known of a volume beside its voxels. */
export function aboutTable({ format, size, spacing }: Omit<StoredVolume, "data" | "axes">, ends: readonly [number, number]): TableValue {
  const [depth, height, width, channels] = size;
  const short = (v: number): string => String(+v.toPrecision(6));
  return {
    kind: "table", columns: ["property", "value"],
    rows: [
      ["format", format],
      ["size (depth × height × width)", `${depth} × ${height} × ${width}`],
      ["channels", channels],
      ["spacing (depth × height × width)", spacing ? `${spacing.map(short).join(" × ")} mm` : "not told"],
      ["lowest value", +short(ends[0])],
      ["highest value", +short(ends[1])],
    ],
  };
}
