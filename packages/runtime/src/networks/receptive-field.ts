/** Which part of the input a unit of a layer sees, exactly, from the windows on all the ways that lead to it. */
import type { NetworkSource } from "./network-source.ts";

/** Half-open, in positions of the input, cropped at its borders; one for each spatial axis. */
export type Field = readonly { readonly start: number; readonly end: number }[];

/**
 * The smallest box that holds all that the unit at `unit` (one index per spatial axis) of `layer` depends on. `lengths` gives
 * the spatial lengths of every layer on the way and of the input, by name. `null` where a layer between them is no window
 * (a slice, a resize): no box follows from windows alone.
 *
 * Zeiler & Fergus, arXiv 1311.2901, section 3.1 crop these boxes out of the pictures that excite a unit most.
 */
export function receptiveField(source: Pick<NetworkSource, "layers" | "inputs">, layer: string, unit: readonly number[], lengths: ReadonlyMap<string, readonly number[]>): Field | null {
  const input = source.inputs[0]!.name;
  const needed = new Map<string, { start: number; end: number }[]>([[layer, unit.map((at) => ({ start: at, end: at + 1 }))]]);
  // A layer is named after all that it reads, so that going back once meets every need before it is passed on.
  for (const { name, reach, window, from } of [...source.layers].reverse()) {
    const own = needed.get(name);
    if (!own || name === input) continue;
    if (reach === "other") return null;
    for (const before of from) {
      const size = lengths.get(before);
      if (!size) return null;
      const seen = size.map((length, axis) => {
        if (reach === "all" || !own[axis]) return { start: 0, end: length };
        return reach === "window" ? throughWindow(own[axis], window!, axis, length) : own[axis];
      });
      needed.set(before, union(needed.get(before), seen));
    }
  }
  return needed.get(input) ?? null;
}

type Interval = { start: number; end: number };

function throughWindow({ start, end }: Interval, w: NonNullable<NetworkSource["layers"][number]["window"]>, axis: number, length: number): Interval {
  const [kernel, stride, dilation] = [w.kernel[axis]!, w.strides[axis]!, w.dilations[axis]!];
  const reach = dilation * (kernel - 1) + 1;
  const low = w.autoPad ? autoLow(w.autoPad, length, reach, stride) : w.padLow[axis]!;
  const [first, last] = [start * stride - low, (end - 1) * stride - low + reach - 1];
  if (first >= 0 && last < length) return { start: first, end: last + 1 };
  // At the border the outermost taps fall on padding; with dilation the next ones inside may lie further in.
  let seen: Interval = { start: length, end: 0 };
  for (let unit = start; unit < end; unit++)
    for (let k = 0; k < kernel; k++) {
      const at = unit * stride - low + k * dilation;
      if (at >= 0 && at < length) seen = { start: Math.min(seen.start, at), end: Math.max(seen.end, at + 1) };
    }
  return seen;
}

/** ONNX's SAME: `ceil(length/stride)` outputs; the odd one of padding at the end that the mode names. */
function autoLow(mode: "SAME_UPPER" | "SAME_LOWER", length: number, reach: number, stride: number): number {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
  return mode === "SAME_UPPER" ? Math.floor(total / 2) : Math.ceil(total / 2);
}

const union = (a: Interval[] | undefined, b: Interval[]): Interval[] =>
  a ? b.map(({ start, end }, axis) => ({ start: Math.min(start, a[axis]!.start), end: Math.max(end, a[axis]!.end) })) : b;
