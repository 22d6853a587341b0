/** Resampling of spatial axes, one axis after the other. */
import type { OpAttrs } from "../../ir/ops.ts";
import { interpolation, nearestSource } from "../../ir/resampling.ts";
import { around } from "./shape.ts";
import type { Kernel } from "./tensor64.ts";

export const RESIZE: { readonly resize: Kernel<"resize"> } = {
  resize: ({ size, mode }, [x]) => {
    let data = x!.data;
    const shape = [...x!.shape];
    size.forEach((to, i) => {
      if (shape[i + 2] === to) return;
      data = resizeAxis(data, shape, i + 2, to, mode);
      shape[i + 2] = to;
    });
    return [data];
  },
};

function resizeAxis(data: Float64Array, shape: readonly number[], axis: number, to: number, mode: OpAttrs["resize"]["mode"]): Float64Array {
  const [outer, length, inner] = around(shape, axis);
  const out = new Float64Array(outer * to * inner);
  for (let j = 0; j < to; j++) {
    const { low, high, weight } = mode === "linear" ? interpolation(j, length, to) : { low: nearestSource(j, length, to), high: 0, weight: 0 };
    for (let o = 0; o < outer; o++) {
      const [target, a, b] = [(o * to + j) * inner, (o * length + low) * inner, (o * length + high) * inner];
      for (let i = 0; i < inner; i++) out[target + i] = weight === 0 ? data[a + i]! : data[a + i]! * (1 - weight) + data[b + i]! * weight;
    }
  }
  return out;
}
