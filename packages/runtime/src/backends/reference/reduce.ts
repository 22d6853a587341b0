/** Kernels that reduce axes or order elements. */
import { sizeOf } from "../../ir/tensor.ts";
import { around } from "./shape.ts";
import { eachRow, stridesOf, type Kernel } from "./tensor64.ts";

type Op = "reduceSum" | "reduceMax" | "reduceMin" | "argMax" | "topK";

/** The output is walked with stride 0 along the reduced axes while the input is read in order. */
const reduce = <O extends "reduceSum" | "reduceMax" | "reduceMin">(start: number, f: (a: number, b: number) => number): Kernel<O> => ({ axes }, [x], [out]) => {
  const result = new Float64Array(sizeOf(out!.shape)).fill(start);
  const kept = stridesOf(x!.shape.map((d, i) => (axes.includes(i) ? 1 : d)));
  const strides = kept.map((s, i) => (axes.includes(i) ? 0 : s));
  const [length, step] = [x!.shape.at(-1) ?? 1, strides.at(-1) ?? 0];
  let at = 0;
  eachRow(x!.shape, strides, 0, (first) => {
    for (let i = 0, to = first; i < length; i++, to += step) result[to] = f(result[to]!, x!.data[at++]!);
  });
  return [x!.dtype === "int32" ? result.map((v) => v | 0) : result];
};

export const REDUCE: { readonly [O in Op]: Kernel<O> } = {
  reduceSum: reduce(0, (a, b) => a + b),
  reduceMax: reduce(-Infinity, Math.max),
  reduceMin: reduce(Infinity, Math.min),
  argMax: ({ axis }, [x]) => {
    const [outer, length, inner] = around(x!.shape, axis);
    const out = new Float64Array(outer * inner);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        let best = 0;
        for (let k = 1; k < length; k++) if (x!.data[(o * length + k) * inner + i]! > x!.data[(o * length + best) * inner + i]!) best = k;
        out[o * inner + i] = best;
      }
    return [out];
  },
  topK: ({ k, largest }, [x]) => {
    const n = x!.shape.at(-1)!;
    const rows = n === 0 ? 0 : x!.data.length / n;
    const values = new Float64Array(rows * k);
    const indices = new Float64Array(rows * k);
    for (let row = 0; row < rows; row++) {
      const at = (i: number) => x!.data[row * n + i]!;
      const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => (largest ? at(b) - at(a) : at(a) - at(b)) || a - b);
      for (let i = 0; i < k; i++) {
        values[row * k + i] = at(order[i]!);
        indices[row * k + i] = order[i]!;
      }
    }
    return [values, indices];
  },
};
