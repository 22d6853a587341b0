/** Shape arithmetic: an operator of known inputs is computed at once, by its own rule and the reference kernels. */
import { evaluate64 } from "../backends/reference/evaluate.ts";
import { Builder, type Value } from "../ir/builder.ts";
import { sizeOf } from "../ir/tensor.ts";
import { carrierOf, fitsInt32, type Known } from "./known.ts";
import { elemOf, Item, OpCall, type GraphNode, type Rule, type Written } from "./rule.ts";

/** Elements of the inputs and of any step; more is left to the engine. */
const LARGEST_INPUT = 4096;
const LARGEST_STEP = 2 ** 16;

/** Operators that only move numbers, and so may carry integers beyond 32 bits. */
const MOVES: ReadonlySet<string> = new Set(["Identity", "Concat", "Gather", "Slice", "Unsqueeze", "Squeeze", "Reshape", "Transpose", "Flatten", "Expand", "Split", "Tile"]);

const isValue = (w: Written): w is Value => "id" in w;

/** The outputs, known; null where folding is not worth it or the arithmetic would overflow the IR's integers. */
export function foldNode(rule: Rule, node: GraphNode, inputs: readonly (Item | undefined)[], needValue: (name: string) => Error): Item[] | null {
  const known = inputs.map((i) => i?.known);
  if (known.reduce((n, k) => n + (k ? k.data.length : 0), 0) > LARGEST_INPUT) return null;
  if (!MOVES.has(node.op) && known.some((k) => k && carrierOf(k.elem) === "int32" && !fitsInt32(k.data))) return null;
  const b = new Builder();
  const given: { [name: string]: Known } = {};
  const items = inputs.map((item, i) => {
    if (!item?.known) return item;
    const k = item.known;
    given[`x${i}`] = k;
    return new ScratchItem(k, b.input(`x${i}`, { dtype: carrierOf(k.elem), shape: k.shape }));
  });
  const written = [rule(new OpCall(b, node, items, needValue))].flat() as Written[];
  const values: { [name: string]: Value } = {};
  written.forEach((w, i) => {
    if (isValue(w)) values[`y${i}`] = w;
    else if (w instanceof Item && !w.known) values[`y${i}`] = w.value(b);
  });
  const program = b.build(values);
  if (program.types.some((t) => sizeOf(t.shape) > LARGEST_STEP)) return null;
  const results = Object.keys(values).length ? evaluate64(program, given) : {};
  return written.map((w, i) => {
    if (!isValue(w) && !(w instanceof Item)) return new Item(w.elem, { known: w });
    // An input handed through: its value belongs to the scratch program, its numbers to everybody.
    if (!isValue(w) && w.known) return new Item(w.elem, { known: w.known });
    const elem = isValue(w) ? elemOf(w, items) : w.elem;
    const { shape, data } = results[`y${i}`]!;
    return new Item(elem, { known: { elem, shape, data: carrierOf(elem) === "float32" ? Float32Array.from(data) : data } });
  });
}

/** Known, and an input of the scratch program, where its numbers stay float64. */
class ScratchItem extends Item {
  readonly #input: Value;
  constructor(known: Known, input: Value) {
    super(known.elem, { known });
    this.#input = input;
  }
  override value(): Value {
    return this.#input;
  }
}
