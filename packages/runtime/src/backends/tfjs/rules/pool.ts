/** Pooling of rank 1 to 3. Windows never mix channels, so channels join the batch and nothing is transposed. */
import type { PoolAttrs } from "../../../ir/ops.ts";
import { reshape } from "../axes.ts";
import type { Rules, RuleContext, Tensor } from "../rule.ts";
import { padConstant } from "./pad.ts";

export const POOL: Rules<"maxPool" | "avgPool"> = {
  maxPool: (cx, attrs, [x], [out]) => reshape(cx, pool(cx, x!, attrs, -Infinity, "max"), out!.shape),
  avgPool: (cx, { countIncludePad, ...attrs }, [x], [out]) => {
    const means = reshape(cx, pool(cx, x!, attrs, 0, "avg"), out!.shape);
    if (countIncludePad || [...attrs.padLow, ...attrs.padHigh].every((p) => p === 0)) return means;
    return cx.tf.mul(means, cx.once("counts", () => cx.tf.tensor(shares(x!.shape.slice(2), out!.shape.slice(2), attrs), [1, 1, ...out!.shape.slice(2)])));
  },
};

/** Pads beforehand (the engine's padding is symmetric in rank 3) and pools `[N·C, …S, 1]`. */
function pool(cx: RuleContext, x: Tensor, a: PoolAttrs, border: number, kind: "max" | "avg"): Tensor {
  const padded = padConstant(cx, x, [0, 0, ...a.padLow], [0, 0, ...a.padHigh], border);
  const spatial = padded.shape.slice(2);
  const batch = padded.shape[0]! * padded.shape[1]!;
  if (spatial.length === 3) {
    const wide = reshape(cx, padded, [batch, ...spatial, 1]) as never;
    const [kernel, strides] = [a.kernel, a.strides] as unknown as [number, number, number][];
    return kind === "max" ? cx.tf.maxPool3d(wide, kernel!, strides!, "valid") : cx.tf.avgPool3d(wide, kernel!, strides!, "valid");
  }
  const [height, width] = spatial.length === 1 ? [1, spatial[0]!] : [spatial[0]!, spatial[1]!];
  const plane = reshape(cx, padded, [batch, height, width, 1]) as never;
  const [kernel, strides] = [a.kernel, a.strides].map((s) => (s.length === 1 ? [1, s[0]!] : [s[0]!, s[1]!])) as [number, number][];
  return kind === "max" ? cx.tf.maxPool(plane, kernel!, strides!, "valid") : cx.tf.avgPool(plane, kernel!, strides!, "valid");
}

/** For each output position, taps of a window ÷ taps inside the image: turns a mean over padding into one without. */
function shares(input: readonly number[], output: readonly number[], a: PoolAttrs): Float32Array {
  let table = [1];
  output.forEach((length, axis) => {
    const taps = a.kernel[axis]!;
    const along = Array.from({ length }, (_, i) => {
      const start = i * a.strides[axis]! - a.padLow[axis]!;
      return taps / (Math.min(start + taps, input[axis]!) - Math.max(start, 0));
    });
    table = table.flatMap((before) => along.map((share) => before * share));
  });
  return Float32Array.from(table);
}
