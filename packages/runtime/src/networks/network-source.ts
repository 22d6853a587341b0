/** What a network is once it has been read from a file, whatever the format: ports, layers, weights, and a way to write it as IR. */
import type { Builder, Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";
import { NodeFailure } from "../node-api/host.ts";

export interface NetworkPort {
  readonly name: string;
  /** As the file says it: `float32`, `int64`, `uint8`…; integers of every width are int32 in the IR, floats float32. */
  readonly dtype: "float32" | "int32" | "bool" | (string & {});
  /** null: an axis that the file leaves open. */
  readonly shape: readonly (number | null)[];
}

/** How a layer's window lies on what it reads; one entry per spatial axis. */
export interface NetworkWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly padLow: readonly number[];
  readonly padHigh: readonly number[];
  readonly dilations: readonly number[];
  /** Where padding depends on the length: `ceil(length/stride)` outputs, an odd one of padding at the high or at the low end. `padLow` and `padHigh` are then 0. */
  readonly autoPad?: "SAME_UPPER" | "SAME_LOWER";
}

export interface NetworkLayer {
  readonly name: string;
  /** The operator as the file calls it, e.g. `Conv`. */
  readonly op: string;
  /** Where known from the weights. They are the second axis (ONNX), or the last where the file itself works channels last. */
  readonly channels: number | null;
  /**
   * What of its inputs one unit sees: the same `point`, a `window` around it, `all` of the spatial axes, or `other`
   * (a slice, a resize, a transposed convolution: no exact answer by windows alone).
   */
  readonly reach: "point" | "window" | "all" | "other";
  /** With `reach: "window"`. Of padding alone the kernel is 1. */
  readonly window?: NetworkWindow;
  /** Which axis its channels lie on, where the operators tell: ONNX's windows work channels first, whatever the file's input. */
  readonly channelAxis?: "first" | "last";
  /** The layers (or inputs) that feed it, without constants. */
  readonly from: readonly string[];
}

/** A network that was read from a file (or trained), ready to be written as IR for inputs of any fitting shape. */
export interface NetworkSource {
  /** Without initialisers. */
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
  /** Every computed value worth looking at, in order: the output of each convolution, product, activation, pool, sum, concatenation… */
  readonly layers: readonly NetworkLayer[];
  /** Float tensors that training may change, by name. */
  readonly weights: ReadonlyMap<string, TensorData>;
  /** null: can be written as IR. Otherwise the sentence why not, which names the operator: it then still runs as a whole in ONNX Runtime, without a gradient, unless `unsafe` says no. */
  readonly opaque: string | null;
  /** null: may be run as a whole. Otherwise the sentence why it must not be: it could run forever, and ONNX Runtime cannot be stopped. */
  readonly unsafe: string | null;
  /**
   * Writes what `wanted` (names of layers or outputs) needs. Values are in the file's own layout (ONNX: channels first).
   * Shape arithmetic is folded with the shapes that `inputs` have. An input whose value decides shapes (the target of a Reshape,
   * the axes of a Squeeze) must be given as a constant of `b`; NetworkValueNeeded says which.
   * `weight` lets training put variables in the place of constants.
   * Throws NodeFailure (code `network-…`, full sentence) for shapes that do not fit.
   */
  build(b: Builder, inputs: { readonly [name: string]: Value }, wanted: readonly string[], weight?: (name: string, data: TensorData) => Value): Map<string, Value>;
}

/** Code `network-value-needed`: shapes depend on the value of an input, which must then be given as a constant of the builder. */
export class NetworkValueNeeded extends NodeFailure {
  readonly input: string;
  constructor(input: string, message: string) {
    super("network-value-needed", message);
    this.input = input;
  }
}
