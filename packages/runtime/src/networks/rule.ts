/** What an operator's rule is written against: its inputs, known or computed, its attributes, and the builder. */
import type { Builder, Value } from "../ir/builder.ts";
import { type Attributes } from "./attributes.ts";
import { NARROW, carrierOf, toTensorData, type Elem, type Known } from "./known.ts";

/** One node of a network file. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Empty: not given. */
  readonly inputs: readonly string[];
  /** Empty: not asked for. */
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** Of the operator set (ONNX), where meanings changed. */
  readonly version: number;
  /**
   * Instead of a rule: what is computed where the first input is true, and where it is false. The other inputs are what the
   * branches read from around them.
   */
  readonly branches?: readonly [Branch, Branch];
}

/** A graph inside a graph, chosen while the network is written. */
export interface Branch {
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, Known>;
  readonly outputs: readonly string[];
}

/** A value on the way: known, or computed by the program, or both once a constant is written. */
export class Item {
  readonly elem: Elem;
  readonly shape: readonly number[];
  readonly known: Known | undefined;
  #value: Value | undefined;

  constructor(elem: Elem, from: { known: Known } | { value: Value }) {
    this.elem = elem;
    this.known = "known" in from ? from.known : undefined;
    this.#value = "value" in from ? from.value : undefined;
    this.shape = "known" in from ? from.known.shape : from.value.shape;
  }

  value(b: Builder): Value {
    return (this.#value ??= b.constant(toTensorData(this.known!)));
  }
}

/** The shapes or values do not fit; becomes a failure that names the node. */
export class RuleError extends Error {
  override name = "RuleError";
}
/** A variant that cannot be carried; becomes a failure that names the node. */
export class RuleRefusal extends Error {
  override name = "RuleRefusal";
}

/** What a rule gives: values of the program, known tensors, or values whose element type is not that of the inputs. */
export type Written = Value | Known | Item;

export class OpCall {
  readonly b: Builder;
  readonly node: GraphNode;
  readonly attributes: Attributes;
  readonly version: number;
  readonly #items: readonly (Item | undefined)[];
  readonly needValue: (name: string) => Error;

  constructor(b: Builder, node: GraphNode, items: readonly (Item | undefined)[], needValue: (name: string) => Error) {
    this.b = b;
    this.node = node;
    this.attributes = node.attributes;
    this.version = node.version;
    this.#items = items;
    this.needValue = needValue;
  }

  get count(): number {
    return this.#items.length;
  }
  has(i: number): boolean {
    return this.#items[i] !== undefined;
  }
  item(i: number): Item {
    return this.#items[i] ?? this.fail(`its input ${i + 1} is missing`);
  }
  value(i: number): Value {
    return this.item(i).value(this.b);
  }
  optional(i: number): Value | undefined {
    return this.#items[i]?.value(this.b);
  }
  /** All inputs that are given. */
  values(): Value[] {
    return this.#items.flatMap((item) => (item ? [item.value(this.b)] : []));
  }
  elem(i: number): Elem {
    return this.item(i).elem;
  }
  shape(i: number): readonly number[] {
    return this.item(i).shape;
  }
  known(i: number): Known | undefined {
    return this.#items[i]?.known;
  }
  /** The value of an input on which shapes depend. */
  needed(i: number): Known {
    const known = this.item(i).known;
    if (known) return known;
    throw this.needValue(this.node.inputs[i]!);
  }
  numbers(i: number): number[] {
    return Array.from(this.needed(i).data);
  }
  wants(output: number): boolean {
    return Boolean(this.node.outputs[output]);
  }

  /** Of an attribute up to some version and an input after it; undefined where neither is given. */
  setting(attribute: string, input: number): readonly number[] | undefined {
    return this.attributes.numbers(attribute) ?? (this.has(input) ? this.numbers(input) : undefined);
  }

  /** Axis as 0…rank−1. */
  axis(axis: number, rank: number): number {
    const at = axis < 0 ? axis + rank : axis;
    return Number.isInteger(at) && at >= 0 && at < rank ? at : this.fail(`axis ${axis} is outside a tensor of rank ${rank}`);
  }
  axes(axes: readonly number[], rank: number): number[] {
    const at = axes.map((a) => this.axis(a, rank));
    return new Set(at).size === at.length ? at : this.fail(`axes ${axes} name one axis twice`);
  }

  /** A value of another element type than the first input of its dtype. */
  as(elem: Elem, value: Value): Item {
    return new Item(elem, { value });
  }

  /** In float32, whatever it was. */
  float(i: number): Value {
    return this.b.cast(this.value(i), "float32");
  }

  /** The arithmetic of integers narrower than 32 bits wraps around at their own width. */
  wrapped(x: Value, elem: Elem): Value {
    const narrow = NARROW[elem];
    if (!narrow || x.dtype !== "int32") return x;
    return this.b.add(this.b.mod(this.b.sub(x, narrow.low), narrow.count), narrow.low);
  }

  fail(message: string): never {
    throw new RuleError(message);
  }
  refuse(message: string): never {
    throw new RuleRefusal(message);
  }
}

export type Rule = (op: OpCall) => Written | readonly Written[];

/** The element type of a computed value: that of the first input with its dtype. */
export function elemOf(value: Value, inputs: readonly (Item | undefined)[]): Elem {
  if (value.dtype === "bool") return "bool";
  return inputs.find((i) => i && carrierOf(i.elem) === value.dtype)?.elem ?? (value.dtype === "float32" ? "float32" : "int64");
}
