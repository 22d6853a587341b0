/** What a node type declares. Editor, command line, reference and JSON Schema are all generated from it. */
import type { Diagnostic } from "../diagnostics.ts";
import type { Json } from "../document/document.ts";
import type { NetworkLayerType, PortType } from "../types/port-type.ts";
import type { ParamSpec, ParamValues } from "./param.ts";

export interface PortBase {
  name: string;
  title?: string;
  /** One sentence. */
  doc: string;
}

export interface InputPort extends PortBase {
  /**
   * The types it accepts (any of them). In a tensor shape, a single capital letter with optional digits (`N`, `H`, `C1`)
   * is a variable: it is bound by the wire and must agree with every other use of that letter in the node;
   * any other string must match exactly; `null` accepts any rank.
   */
  type: PortType | readonly PortType[];
  optional?: boolean;
  /** Takes any number of wires; the node sees them in wire order. */
  multiple?: boolean;
  /** The name of another input whose picture this one lies on, pixel for pixel: jitter moves both together. */
  alignedWith?: string;
  /** Read only while a parameter has one of these values (a fallback while no file is chosen): otherwise what feeds it is not computed. */
  readWhen?: { param: string; equals: readonly Json[] };
  /** A picture enters a network here: an optimiser's jitter shifts it at this port (and nowhere else). */
  jitter?: boolean;
  /** The node takes the drawing upstream of this port rather than its value: losses, which optimisers differentiate. */
  traced?: true;
  /** The value itself shapes what is computed (a network on a wire): it is there before the node is written as IR. */
  known?: true;
}

export interface OutputPort extends PortBase {
  /** Variables of the inputs' shapes are substituted. Refined by `infer` where the declaration cannot say it. */
  type: PortType;
  /** After each step of a Trainer, what comes out here is told to the feed: which examples need not be fed again. */
  feedback?: true;
}

/** Facts about files and networks that a host has read, keyed by what the document names (path, package path, hash). */
export interface Facts {
  /** E.g. `{ kind: "image", width: 640, height: 480 }` for `photo.jpg`. */
  readonly [source: string]: FileFacts;
}

export type FileFacts =
  | { kind: "image"; width: number; height: number }
  /** `calibrated`: the metric of the calibration that it carries. */
  | { kind: "gallery"; network: string; people: number; calibrated?: string }
  /** `columns`: their names, or their numbers from 1 where the file has none. */
  | { kind: "signal"; length: number; channels: number; columns?: readonly string[] }
  | { kind: "volume"; depth: number; height: number; width: number; channels: number }
  /** `input` and `output` as in NetworkType. `opaque`: why it cannot be written as IR, null where it can. */
  | { kind: "network"; network: string; input: readonly (number | null)[] | null; output: readonly (number | null)[] | null; layers: readonly NetworkLayerType[]; opaque: string | null }
  | { kind: "missing"; reason: string };

export interface InferContext {
  /** Types on the wires, after the declared patterns accepted them. Missing keys: nothing connected, or an unknown type upstream. */
  inputs: { readonly [port: string]: PortType | undefined };
  /** For `multiple` ports: every wire's type in order. */
  inputLists: { readonly [port: string]: readonly PortType[] };
  params: ParamValues;
  /** Declared output types with the shape variables bound by the inputs already substituted. */
  outputs: { readonly [port: string]: PortType };
  facts: Facts;
  /** Of an optimiser: the type of the one variable upstream of its loss. */
  variable?: PortType;
  /** Of a trainer: the type of the first output of the one feed upstream. */
  fed?: PortType;
  /** The node's id, to name fresh symbolic dims such as `H@photo`. */
  node: string;
}

export interface InferResult {
  /** Only the ports that differ from `ctx.outputs`. `null`: the type cannot be told because of an error. */
  outputs?: { readonly [port: string]: PortType | null };
  /** Without `node`: the caller fills it in. */
  diagnostics?: readonly Omit<Diagnostic, "node">[];
}

/** Raises `params` from one version of the node to the next; lives beside the node. */
export interface NodeMigration {
  /** The version this leads to; it starts from `to - 1`. */
  to: number;
  /** Why the shape of the parameters changed, one sentence. */
  why: string;
  up(params: { [name: string]: Json }): { [name: string]: Json };
  /** Parameters that go by another name from this version on, old name to new: the graph's interface follows. */
  renames?: { readonly [from: string]: string };
}

export interface NodeDeclaration {
  type: string;
  version: number;
  title: string;
  group: string;
  /** One paragraph, shown on the node and in the generated reference. */
  doc: string;
  /** LaTeX of what it computes, where it computes a formula. */
  formula?: string;
  /** Where the formula comes from, e.g. `FaceNet, arXiv 1503.03832`. */
  source?: string;
  /** Other words that people search for. */
  synonyms?: readonly string[];
  inputs: readonly InputPort[];
  outputs: readonly OutputPort[];
  params: readonly ParamSpec[];
  /** Types of the outputs where they depend on parameters, and checks that cross ports and parameters. */
  infer?(context: InferContext): InferResult;
  /** From every older version up; one entry a version. */
  migrations?: readonly NodeMigration[];
  /**
   * `variable`: its output is what an optimiser downstream optimises. `optimiser`: optimises the one variable upstream of its `loss` input.
   * `trainer`: optimises the trainable weights upstream of its `loss`, fed by the one `feed` upstream, whose outputs change from step to step.
   */
  role?: "variable" | "optimiser" | "trainer" | "feed" | "output";
  /** Whether a Trainer downstream changes this node's weights, with these parameters. Absent: it has none. */
  trainable?(params: ParamValues): boolean;
  /** It computes nothing: each of its outputs is what arrives at its first input. Whatever runs or exports the graph never sees it. */
  passThrough?: true;
}

/** The node types a program knows. The runtime and the editor take it as an argument. */
export interface NodeRegistry<D extends NodeDeclaration = NodeDeclaration> {
  readonly declarations: readonly D[];
  get(type: string): D | undefined;
}
