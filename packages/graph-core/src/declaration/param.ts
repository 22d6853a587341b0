/** Typed parameters of a node: what the inspector, the command line, the docs and the JSON Schema are drawn from. */
import type { Json } from "../document/document.ts";

interface ParamBase {
  name: string;
  title: string;
  /** One sentence. */
  help: string;
  /** Shown (and checked) only when another parameter has one of these values. */
  visibleWhen?: { param: string; equals: readonly Json[] };
}

export interface NumberParam extends ParamBase {
  kind: "number";
  default: number;
  min?: number;
  max?: number;
  integer?: boolean;
  /** Slider step. */
  step?: number;
  unit?: string;
  scale?: "linear" | "log";
}

export interface ChoiceParam extends ParamBase {
  kind: "choice";
  default: string;
  choices: readonly { value: string; title: string; help?: string }[];
}

export interface BooleanParam extends ParamBase {
  kind: "boolean";
  default: boolean;
}

export interface TextParam extends ParamBase {
  kind: "text";
  default: string;
  multiline?: boolean;
}

/** A file, folder or gallery: a path relative to the graph, an npm package path `npm:package/file`, or a `data:` URL. */
export interface FileParam extends ParamBase {
  kind: "file";
  default: string;
  /** `network`: an `.onnx` file or the `model.json` of a tfjs model. `dataset`: a folder with one folder a class, or a CSV list. */
  accept: "image" | "images" | "gallery" | "onnx" | "network" | "dataset" | "signal" | "volume" | "json";
}

/** An ordered list of layer names of the node's network. */
export interface LayersParam extends ParamBase {
  kind: "layers";
  default: readonly string[];
}

/** A list of numbers (layer weights, encodings, logistic weights), nested for tensors of higher rank. */
export interface NumbersParam extends ParamBase {
  kind: "numbers";
  default: readonly Json[];
  min?: number;
  max?: number;
}

export type ParamSpec = NumberParam | ChoiceParam | BooleanParam | TextParam | FileParam | LayersParam | NumbersParam;

/** The values of all parameters of one node: the document's, with defaults filled in. */
export type ParamValues = { readonly [name: string]: Json };
