/** The difference of two values of one port, number by number. */
import type { RuntimeValue } from "@patchbay/runtime";
import type { Comparison } from "./engine.ts";

type PortComparison = Comparison["ports"][number];

export function compareValues(port: string, a: RuntimeValue | undefined, b: RuntimeValue | undefined): PortComparison {
  const nothing = (note: string): PortComparison => ({ port, largest: NaN, mean: NaN, note });
  if (!a || !b) return nothing(`${a ? "The second" : b ? "The first" : "Neither"} backend gave ${a || b ? "no value" : "a value"}.`);
  const [first, second] = [numbersOf(a), numbersOf(b)];
  if (!first || !second) return nothing("This value holds no numbers to compare.");
  if (first.length !== second.length) return nothing(`One backend gave ${first.length} numbers, the other ${second.length}.`);
  if (first.length === 0) return nothing("There are no numbers in this value.");
  let [largest, sum, at, unlike] = [0, 0, -1, 0];
  for (let i = 0; i < first.length; i++) {
    const [x, y] = [first[i]!, second[i]!];
    if (Object.is(x, y) || x === y) continue;
    const difference = Math.abs(x - y);
    if (!Number.isFinite(difference)) {
      if (unlike++ === 0) at = i;
      continue;
    }
    sum += difference;
    if (difference > largest) {
      largest = difference;
      if (unlike === 0) at = i;
    }
  }
  return {
    port,
    largest: unlike ? Infinity : largest,
    mean: sum / first.length,
    ...(at < 0 ? {} : { at: { index: at, a: first[at]!, b: second[at]! } }),
    ...(unlike ? { note: `${unlike} ${unlike === 1 ? "number is" : "numbers are"} finite on one backend alone.` } : {}),
  };
}

/** All numbers of a value in a fixed order; null where it has none. */
export function numbersOf(value: RuntimeValue): ArrayLike<number> | null {
  switch (value.kind) {
    case "tensor":
    case "image":
      return value.data;
    case "number":
      return [value.value];
    case "decision":
      return [value.distance, value.margin];
    case "identity":
      return [value.distance, ...value.candidates.map((c) => c.distance)];
    case "activations":
      return joined(value.layers.map((l) => l.tensor.data));
    case "gallery":
      return joined(value.entries.map((e) => e.encoding));
    case "images":
      return joined(value.items.map((i) => i.image.data));
    case "series":
      return joined(value.curves.map((c) => c.values));
    case "faces":
      return [value, ...(value.more ?? [])].flatMap((p) => p.faces.flatMap((f) => [f.box.x, f.box.y, f.box.width, f.box.height, f.score, ...f.landmarks.flat()]));
    case "table":
      return value.rows.flatMap((row) => row.filter((cell) => typeof cell === "number"));
    case "dataset":
      return value.data;
    case "patches":
      return value.units.flatMap((u) => u.patches.map((p) => p.activation));
    case "scatter":
      return value.points.flatMap((p) => [p.x, p.y]);
    case "calibration":
      return value.points.flatMap((p) => [p.threshold, p.far, p.frr]);
    case "confusion":
      return value.counts.flat();
    case "network":
    case "file":
    case "text":
      return null;
  }
}

function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part as ArrayLike<number>, at);
    at += part.length;
  }
  return all;
}
