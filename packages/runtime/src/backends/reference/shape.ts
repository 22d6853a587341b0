/** Kernels that move elements without computing: shape, order, indexing. */
import { sizeOf } from "../../ir/tensor.ts";
import { broadcastTo, readStrided, stridesOf, writeStrided, type Kernel } from "./tensor64.ts";

type Op = "reshape" | "broadcast" | "transpose" | "concat" | "slice" | "reverse" | "pad" | "gather" | "scatterAdd" | "roll";

/** Product of the lengths before, at, and after an axis. */
export function around(shape: readonly number[], axis: number): [outer: number, length: number, inner: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1))];
}

/** Which element of an axis of length `n` stands at position `i − low` of its reflection or its clamped extension. */
const SOURCE = {
  reflect: (i: number, n: number) => (i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i),
  edge: (i: number, n: number) => Math.min(Math.max(i, 0), n - 1),
};

function checkIndex(index: number, length: number): number {
  if (!(index >= 0 && index < length)) throw new RangeError(`index ${index} outside an axis of length ${length}`);
  return index;
}

export const SHAPE: { readonly [O in Op]: Kernel<O> } = {
  reshape: (_attrs, [x]) => [x!.data],
  broadcast: ({ shape }, [x]) => [broadcastTo(x!.data, x!.shape, shape)],
  transpose: ({ perm }, [x], [out]) => {
    const strides = stridesOf(x!.shape);
    return [readStrided(x!.data, out!.shape, perm.map((p) => strides[p]!))];
  },
  concat: ({ axis }, xs, [out]) => {
    const result = new Float64Array(sizeOf(out!.shape));
    const strides = stridesOf(out!.shape);
    let offset = 0;
    for (const x of xs) {
      writeStrided(result, x.data, x.shape, strides, offset);
      offset += strides[axis]! * x.shape[axis]!;
    }
    return [result];
  },
  slice: ({ starts, steps }, [x], [out]) => {
    const strides = stridesOf(x!.shape);
    const offset = starts.reduce((n, s, i) => n + s * strides[i]!, 0);
    return [readStrided(x!.data, out!.shape, strides.map((s, i) => s * steps[i]!), offset)];
  },
  reverse: ({ axes }, [x]) => {
    const strides = stridesOf(x!.shape);
    const offset = axes.reduce((n, a) => n + strides[a]! * (x!.shape[a]! - 1), 0);
    return [readStrided(x!.data, x!.shape, strides.map((s, i) => (axes.includes(i) ? -s : s)), offset)];
  },
  pad: ({ mode, low, high, interior, value }, [x], [out]) => {
    if (mode === "constant") {
      const result = new Float64Array(sizeOf(out!.shape)).fill(value);
      const strides = stridesOf(out!.shape);
      const offset = low.reduce((n, p, i) => n + p * strides[i]!, 0);
      writeStrided(result, x!.data, x!.shape, strides.map((s, i) => s * (interior[i]! + 1)), offset);
      return [result];
    }
    const shape = [...x!.shape];
    let data = x!.data;
    shape.forEach((n, axis) => {
      if (low[axis] === 0 && high[axis] === 0) return;
      const positions = Array.from({ length: low[axis]! + n + high[axis]! }, (_, i) => SOURCE[mode](i - low[axis]!, n));
      data = take(data, shape, axis, positions);
      shape[axis] = positions.length;
    });
    return [data];
  },
  gather: ({ axis }, [x, index]) => [take(x!.data, x!.shape, axis, index!.data)],
  scatterAdd: ({ axis, size }, [updates, index], [out]) => {
    const [outer, , inner] = around(out!.shape, axis);
    const count = index!.data.length;
    const result = new Float64Array(sizeOf(out!.shape));
    for (let o = 0; o < outer; o++)
      for (let j = 0; j < count; j++) {
        const to = (o * size + checkIndex(index!.data[j]!, size)) * inner;
        const from = (o * count + j) * inner;
        for (let i = 0; i < inner; i++) result[to + i]! += updates!.data[from + i]!;
      }
    return [result];
  },
  roll: ({ axis }, [x, shift]) => {
    const n = x!.shape[axis]!;
    const by = shift!.data[0]!;
    return [take(x!.data, x!.shape, axis, Array.from({ length: n }, (_, i) => (((i - by) % n) + n) % n))];
  },
};

/** Elements of one axis by position. */
function take(data: Float64Array, shape: readonly number[], axis: number, positions: ArrayLike<number>): Float64Array {
  const [outer, length, inner] = around(shape, axis);
  const out = new Float64Array(outer * positions.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < positions.length; j++) {
      const from = (o * length + checkIndex(positions[j]!, length)) * inner;
      for (let i = 0; i < inner; i++) out[at++] = data[from + i]!;
    }
  return out;
}
