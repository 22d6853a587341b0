/** The matrix product, batched over broadcasting leading axes. */
import { sizeOf } from "../../ir/tensor.ts";
import { broadcastTo, readStrided, stridesOf, type Kernel, type Tensor64 } from "./tensor64.ts";

/** The last two axes swapped where `flag` says so, and the leading ones repeated to `batch`. */
function operand(t: Tensor64, flag: boolean, batch: readonly number[]): Float64Array {
  const rank = t.shape.length;
  let { data, shape } = t;
  if (flag) {
    const strides = stridesOf(shape);
    const swap = <T>(list: readonly T[]): T[] => [...list.slice(0, rank - 2), list[rank - 1]!, list[rank - 2]!];
    data = readStrided(data, swap(shape), swap(strides));
    shape = swap(shape);
  }
  return broadcastTo(data, shape, [...batch, ...shape.slice(-2)]);
}

export const MATMUL: { readonly matmul: Kernel<"matmul"> } = {
  matmul: ({ transposeA, transposeB }, [a, b], [out]) => {
    const batch = out!.shape.slice(0, -2);
    const [m, n] = out!.shape.slice(-2) as [number, number];
    const k = a!.shape.at(transposeA ? -2 : -1)!;
    const left = operand(a!, transposeA, batch);
    const right = operand(b!, transposeB, batch);
    const result = new Float64Array(sizeOf(out!.shape));
    for (let t = 0; t < sizeOf(batch); t++)
      for (let i = 0; i < m; i++) {
        const row = (t * m + i) * n;
        for (let p = 0; p < k; p++) {
          const scale = left[(t * m + i) * k + p]!;
          const from = (t * k + p) * n;
          for (let j = 0; j < n; j++) result[row + j]! += scale * right[from + j]!;
        }
      }
    return [result];
  },
};
