/** Types as text: short for a wire's label, and as words for the sentences of diagnostics. */
import type { Dim, Meaning, PortType } from "./port-type.ts";

export const formatShape = (shape: readonly Dim[] | null): string => (shape === null ? "of any shape" : `[${shape.join(",")}]`);

const PLAIN_NAMES = {
  images: "images",
  faces: "faces",
  identity: "identity",
  decision: "decision",
  patches: "patches",
  scatter: "map of points",
  calibration: "calibration",
  confusion: "confusion matrix",
  file: "file",
  series: "series",
  table: "table",
  text: "text",
  number: "number",
  any: "anything",
} as const;

/** Short text for a wire: `float32 [1,224,224,3]`, `image 640×480`, `5 layers of vgg19`. */
export function formatType(type: PortType): string {
  switch (type.kind) {
    case "tensor":
      return `${type.dtype} ${formatShape(type.shape)}`;
    case "image":
      return `image ${type.width}×${type.height}`;
    case "activations":
      return `${layerCount(type.layers.length)} of ${type.network || "a network"}`;
    case "gallery":
      return type.network ? `gallery of ${type.network}` : "gallery";
    case "dataset":
      return type.example ? `examples ${formatShape(type.example)}` : "examples";
    case "network":
      return type.input && type.output ? `network ${formatShape(type.input)}→${formatShape(type.output)}` : "network";
    default:
      return PLAIN_NAMES[type.kind];
  }
}

const layerCount = (n: number): string => (n === 0 ? "layers" : n === 1 ? "1 layer" : `${n} layers`);

const MEANING_NAMES: { readonly [M in Meaning]: string } = {
  image: "an image tensor",
  encoding: "an encoding",
  features: "difference features",
  activation: "an activation",
  gram: "a Gram matrix",
  loss: "a loss",
  distance: "a distance",
  signal: "a signal",
  volume: "a volume",
};

const PLAIN_PHRASES = {
  images: "a list of pictures",
  faces: "faces",
  identity: "an identity",
  decision: "a decision",
  patches: "patches of pictures",
  scatter: "a map of points",
  calibration: "a calibration",
  confusion: "a confusion matrix",
  file: "a file",
  series: "a series of curves",
  table: "a table",
  text: "text",
  number: "a number",
  any: "anything",
} as const;

/** What examples of a dataset are, in the plural. */
const EXAMPLES: { readonly [M in Meaning]: string } = {
  image: "pictures",
  encoding: "encodings",
  features: "difference features",
  activation: "activations",
  gram: "Gram matrices",
  loss: "losses",
  distance: "distances",
  signal: "signals",
  volume: "volumes",
};

export const meaningName = (meaning: Meaning): string => MEANING_NAMES[meaning];

/** As words in a sentence: `a Gram matrix [64,64]`, `an image of 640×480`. */
export function describeType(type: PortType): string {
  switch (type.kind) {
    case "tensor": {
      const name = type.meaning ? MEANING_NAMES[type.meaning] : "a tensor";
      const dtype = type.dtype === "float32" ? "" : ` of ${type.dtype}`;
      return `${name}${dtype}${type.shape ? ` ${formatShape(type.shape)}` : ""}`;
    }
    case "image":
      return isVague(type.width) && isVague(type.height) ? "an image" : `an image of ${type.width}×${type.height}`;
    case "activations":
      return type.layers.length === 0 ? "activations" : `activations of ${layerCount(type.layers.length)}${type.network ? ` of “${type.network}”` : ""}`;
    case "gallery":
      return type.network ? `a gallery of encodings by “${type.network}”` : "a gallery";
    case "dataset":
      return `labelled ${type.meaning ? EXAMPLES[type.meaning] : "examples"}${type.example ? ` ${formatShape(type.example)}` : ""}`;
    case "network":
      return `a network${type.input && type.output ? ` from ${formatShape(type.input)} to ${formatShape(type.output)}` : ""}`;
    default:
      return PLAIN_PHRASES[type.kind];
  }
}

const isVague = (dim: Dim): boolean => typeof dim === "string" && /^[A-Z][0-9]*(@.*)?$/.test(dim);

/** Several accepted types as words: `an image or faces`. */
export function describeTypes(types: readonly PortType[]): string {
  const phrases = [...new Set(types.map(describeType))];
  return phrases.length < 2 ? (phrases[0] ?? "nothing") : `${phrases.slice(0, -1).join(", ")} or ${phrases.at(-1)}`;
}
