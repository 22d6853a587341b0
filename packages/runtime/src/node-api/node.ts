/** A node that runs: its declaration with one of three ways to compute. */
import type { FileFacts, NodeDeclaration, ParamValues } from "@patchbay/graph-core";
import type { Builder, Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";
import type { OnnxPort } from "../backends/backend.ts";
import type { Host } from "./host.ts";
import type { ActivationsValue, ImagesValue, ImageValue, NetworkValue, RuntimeValue, SeriesValue, TensorValue } from "./values.ts";

/** Activations while a program is being built; tensors are plain `Value`s. Channels last, as everywhere on wires. */
export interface LoweredActivations {
  readonly kind: "activations";
  readonly network: string;
  readonly layers: readonly { readonly name: string; readonly value: Value }[];
}
export type Lowered = Value | LoweredActivations;
export const isActivations = (x: Lowered): x is LoweredActivations => "kind" in x && x.kind === "activations";

export interface LowerContext<Prepared = unknown> {
  b: Builder;
  /** By port. Pictures arrive as `[1,H,W,3]` in 0…1, single-layer activations as that layer where the port wants a tensor. */
  inputs: { readonly [port: string]: Lowered | undefined };
  /** For `multiple` ports, in wire order. */
  inputLists: { readonly [port: string]: readonly Lowered[] };
  params: ParamValues;
  prepared: Prepared;
  /** Values on ports that are declared `known`. */
  known: { readonly [port: string]: RuntimeValue | undefined };
  /**
   * A tensor that training may change: a constant with what `start` gives, or, below a Trainer and where the node is
   * `trainable`, a variable that begins there. `name` is unique within what shares the weights: nodes with an equal
   * `weights` parameter share them (Siamese pairs), others go by `share` (the network whose weights these are) or by their
   * id. Call it for every weight, trainable or not.
   */
  weight(name: string, start: () => TensorData, share?: string): Value;
}

export interface PrepareContext {
  params: ParamValues;
  host: Host;
  /** The file named by a `file` parameter, whether a path, a `data:` URL or bytes that the caller set. */
  readFile(param: string): Promise<{ name: string; bytes: Uint8Array }>;
  signal?: AbortSignal;
}

export interface NodeProgress {
  step: number;
  of: number;
  /** Current value of each named term (loss terms by node id, `total`). */
  terms?: { readonly [name: string]: number };
  /** Of a training, after a step at which the held-out examples were looked at: their metrics. */
  validation?: { readonly [metric: string]: number };
  /** Of a training: what its batches count, such as triplets that rest. */
  counts?: { readonly [count: string]: number };
  /** The picture so far. */
  preview?: ImageValue;
  /** What is being done, when it is not obvious: "Compiling the optimisation step". */
  note?: string;
  /** Where not all steps take equally long: seconds of the present ones, and what is left in steps that take as long. */
  secondsPerStep?: number;
  left?: number;
}

export interface EvaluateContext<Prepared = unknown> extends PrepareContext {
  /** The node's id, for names that people see. */
  node: string;
  inputs: { readonly [port: string]: RuntimeValue | undefined };
  inputLists: { readonly [port: string]: readonly RuntimeValue[] };
  prepared: Prepared;
  /** Decodes the picture named by a `file` parameter, or takes the one that the caller set. */
  readImage(param: string): Promise<ImageValue>;
  /**
   * Runs IR on the chosen backend. `key` must determine the program together with the inputs' shapes: compiled programs are kept by it.
   * `build` gets one Value for each input.
   */
  compute(
    key: string,
    inputs: { readonly [name: string]: TensorData },
    build: (b: Builder, inputs: { readonly [name: string]: Value }) => { readonly [name: string]: Value },
  ): Promise<{ [name: string]: TensorData }>;
  /** Runs an ONNX file as it is, without looking inside. */
  runOnnx(bytes: Uint8Array, inputs: { readonly [name: string]: TensorData }): Promise<{ [name: string]: TensorData }>;
  /** Names, dtypes and shapes (null where the file leaves an axis open) of an ONNX file's inputs and outputs. */
  describeOnnx(bytes: Uint8Array): Promise<{ inputs: OnnxPort[]; outputs: OnnxPort[] }>;
  progress(event: NodeProgress): void;
  /** Something that the person should know, though the node goes on: becomes a diagnostic on the node. */
  warn(code: string, message: string, at?: { port?: string; param?: string }): void;
}

export interface MinimiseOptions {
  method: "gradient-descent" | "momentum" | "adam" | "l-bfgs";
  learningRate: number;
  /** Of `momentum`. */
  momentum: number;
  steps: number;
  parametrisation: "pyramid" | "pixels";
  /** Pyramid levels. */
  levels: number;
  /** Largest shift in pixels, 0: none; 8 seeded offsets in 0…jitter are cycled. */
  jitter: number;
  seed: number;
  /** A preview every so many steps; besides after the first step, and where steps are slow. */
  previewEvery: number;
  /** Sizes from coarse to fine, each twice the one before; 1: the full size alone. */
  octaves?: number;
  /** How many times the steps of the next octave a smaller one has. */
  octaveRatio?: number;
  /** An octave ends when its smoothed loss has improved by less than `plateau` per cent in so many steps; 0: never. */
  plateauSteps?: number;
  plateau?: number;
  /** Pictures larger than this are optimised in overlapping tiles of this side; 0: as a whole. */
  tile?: number;
  /** Every so many steps the picture is kept; 0: none. */
  keepEvery?: number;
  /** Of each frame after the first, where the optimiser goes through a list of pictures. */
  frameSteps?: number;
  /** How much of the previous result a frame starts with where nothing has changed, 0…1. */
  carry?: number;
}

/** The drawing between the picture variable and the scalar on a node's traced port, as a function of the picture `[1,H,W,3]`. */
export interface LossProbe {
  /** The picture that the variable starts as. */
  start(): Promise<TensorData>;
  lossAt(picture: TensorData): Promise<number>;
  gradientAt(picture: TensorData): Promise<{ loss: number; gradient: TensorData }>;
}

export interface OptimiseContext<Prepared = unknown> extends EvaluateContext<Prepared> {
  /** Looks at the loss without minimising it. */
  probe(): LossProbe;
  /** Minimises the loss on the node's `loss` input over the picture variable upstream of it. */
  minimise(options: MinimiseOptions): Promise<{ image: TensorValue; losses: SeriesValue; frames: ImagesValue }>;
}

/** What feeds a training: the source whose outputs change from step to step. */
export interface Feed {
  /** The batch of a step (from 0), by output port: the same shapes at every step. */
  batch(step: number): { readonly [port: string]: TensorData };
  /** What is held out, in order, in batches of the same shapes; the last one is filled up and only its first `rows` count. */
  heldOut(): Iterable<{ readonly values: { readonly [port: string]: TensorData }; readonly rows: number }>;
  /**
   * Where rows are no single examples, such as pairs: each held-out example once, at every port that gives examples, with its
   * class as `labels` beside them.
   */
  heldOutExamples?(): ReturnType<Feed["heldOut"]>;
  /** Told after each step what came out at `feedback` ports, by `node.port`; returns counts to show ("satisfied": 812). */
  observe?(step: number, feedback: { readonly [nodeAndPort: string]: TensorData }): { readonly [count: string]: number };
  /** What it has learned from `observe`, as tensors: part of a checkpoint. */
  state?(): { readonly [name: string]: TensorData };
  restore?(state: { readonly [name: string]: TensorData }): void;
}

export interface TrainOptions {
  method: "gradient-descent" | "momentum" | "adam";
  learningRate: number;
  momentum: number;
  /** L2: `λ·w` is added to the gradient of every weight, as PyTorch's `weight_decay` does. */
  weightDecay: number;
  /** How the rate changes over the steps. */
  schedule: "constant" | "step" | "cosine";
  /** Of `step`: the rate is multiplied by 0.1 every so many steps. */
  stepEvery: number;
  /** Steps over which the rate rises linearly from 0. */
  warmup: number;
  steps: number;
  /** What the predictions are, where the drawing does not say. */
  meaning?: NetworkValue["meaning"];
  ofExamples?: boolean;
  /** A validation every so many steps; 0: none. */
  validateEvery: number;
  /** Stops when the first metric has not improved in so many validations; 0: never. */
  patience: number;
  /**
   * Metrics of the held-out part by name, the first of which decides on early stopping (smaller is better) and on which
   * weights are kept; `predictions` `[rows,…]` lie in the order of `Feed.heldOut`, `values` the feed's outputs beside them.
   * With `ofExamples` they are asked of single examples, where the feed's rows are pairs of them.
   */
  metrics?(predictions: TensorData, values: { readonly [port: string]: TensorData }): { readonly [name: string]: number };
}

export interface TrainResult {
  /** From the feed's first output (or what arrives at the Trainer's `input` port) to what arrives at `predictions`; null where nothing is connected there. */
  network: NetworkValue | null;
  /** The loss terms, step by step. */
  losses: SeriesValue;
  /** Metrics of the held-out part, validation by validation, and counts of the feed. */
  validation: SeriesValue;
  /** Of the weights that are kept: the metrics, `step`, `steps`, and why it ended ("all steps done", "no better for 5 validations", "stopped"). */
  summary: { readonly metrics: { readonly [name: string]: number }; readonly step: number; readonly steps: number; readonly ended: string };
}

export interface TrainContext<Prepared = unknown> extends EvaluateContext<Prepared> {
  /** Minimises the loss on the node's `loss` port over the trainable weights upstream of it. */
  train(options: TrainOptions): Promise<TrainResult>;
}

/** Something a node notices about its own results: a code and a full sentence. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly port?: string;
  readonly param?: string;
}

export interface RunnableNode<Prepared = unknown> extends NodeDeclaration {
  /** Loads what lowering or evaluation needs (weights). Called once per distinct params; the result is kept. */
  prepare?(context: PrepareContext): Promise<Prepared>;
  /** Pure tensors in, pure tensors out, as IR: differentiable, fused, exported. */
  lower?(context: LowerContext<Prepared>): { readonly [port: string]: Lowered };
  /** When both `lower` and `evaluate` exist: whether these params can be lowered. */
  lowers?(params: ParamValues): boolean;
  /** Plain values: decoding, lists, decisions. May use `compute`. Throws NodeFailure for what the person can mend. */
  evaluate?(context: EvaluateContext<Prepared>): Promise<{ readonly [port: string]: RuntimeValue }>;
  /** What static types need to know of a chosen file, where that is more than a picture's size. Throws NodeFailure where it is damaged. */
  describeFile?(param: string, bytes: Uint8Array, name: string, readBeside: (name: string) => Promise<Uint8Array>): FileFacts | Promise<FileFacts>;
  /** For `role: "optimiser"`. */
  optimise?(context: OptimiseContext<Prepared>): Promise<{ readonly [port: string]: RuntimeValue }>;
  /** For `role: "trainer"`. */
  train?(context: TrainContext<Prepared>): Promise<{ readonly [port: string]: RuntimeValue }>;
  /** For `role: "feed"`: its batches; `evaluate` gives the first of them. */
  feed?(context: EvaluateContext<Prepared>): Promise<Feed>;
  /** Looks at its own scalar outputs, after a run and during training (a collapsed encoder): warnings on the node. */
  notices?(scalars: { readonly [port: string]: number }, params: ParamValues): readonly Notice[];
}

/** Checks the type of a node where it is declared; returns it unchanged. */
export const defineNode = <Prepared = unknown>(node: RunnableNode<Prepared>): RunnableNode<Prepared> => node;

export type { ActivationsValue };
