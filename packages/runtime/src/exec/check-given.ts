/** Values that a caller hands in for a port or a file: other people's programs make them, so they are looked at before they are used. */
import { assignable, describeType, describeTypes, type InputPort, type Meaning, type PortType } from "@patchbay/graph-core";
import type { TensorArray } from "../ir/tensor.ts";
import { acceptedTypes } from "./coerce.ts";

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

type Part = "list" | "number" | "text" | "yes or no" | "bytes" | "group";

/** What the kinds whose types say nothing more are made of. */
const PLAIN: { readonly [kind: string]: { readonly [part: string]: Part } } = {
  images: { items: "list" },
  faces: { image: "group", faces: "list" },
  identity: { distance: "number", threshold: "number", candidates: "list" },
  decision: { same: "yes or no", distance: "number", threshold: "number", margin: "number" },
  series: { x: "group", curves: "list" },
  table: { columns: "list", rows: "list" },
  text: { text: "text" },
  number: { value: "number" },
  patches: { network: "text", units: "list", receptiveFields: "group" },
  scatter: { axes: "list", points: "list" },
  calibration: { network: "text", metric: "text", pairs: "group", people: "number", auc: "group", eer: "group", points: "list", histogram: "group", chosen: "group", confidence: "group" },
  confusion: { classes: "list", counts: "list" },
  file: { name: "text", mime: "text", bytes: "bytes" },
};

const IS: { readonly [part in Part]: (value: unknown) => boolean } = {
  list: Array.isArray,
  number: (v) => typeof v === "number",
  text: (v) => typeof v === "string",
  "yes or no": (v) => typeof v === "boolean",
  bytes: (v) => v instanceof Uint8Array,
  group: (v) => typeof v === "object" && v !== null && !Array.isArray(v),
};
const WORDS: { readonly [part in Part]: string } = { list: "a list", number: "a number", text: "text", "yes or no": "true or false", bytes: "a Uint8Array", group: "an object" };

/** A sentence when a value cannot be fed to a port; `null` when it can. */
export function givenProblem(value: unknown, port: InputPort): string | null {
  const accepted = acceptedTypes(port);
  const type = typeOfValue(value);
  if (typeof type === "string") return `“${port.name}” takes ${describeTypes(accepted)}. ${type}`;
  if (accepted.some((t) => assignable(type, t).ok)) {
    const missing = partProblem(value as { readonly [key: string]: unknown });
    return missing && `“${port.name}” takes ${describeTypes(accepted)}. ${missing}`;
  }
  const [nearest] = accepted.filter((t) => t.kind === type.kind);
  const answer = nearest && assignable(type, nearest);
  const detail = answer && !answer.ok ? (/this wire carries [^.]*\. (.+)$/.exec(answer.reason)?.[1] ?? "") : "";
  return `“${port.name}” takes ${describeTypes(accepted)}, and ${describeType(type)} was given.${detail ? ` ${detail}` : ""}`;
}

/** The type of a value as it would stand on a wire, or a sentence that says what is wrong with the value itself. */
export function typeOfValue(value: unknown): PortType | string {
  if (typeof value !== "object" || value === null) return "What was given is no value of a graph: those are objects with a “kind”.";
  const v = value as { readonly [key: string]: unknown };
  switch (v["kind"]) {
    case "tensor":
      return tensorProblem(v) ?? { kind: "tensor", dtype: v["dtype"] as "float32", shape: v["shape"] as number[], ...(typeof v["network"] === "string" ? { network: v["network"] } : {}) };
    case "image":
      return pictureProblem(v) ?? { kind: "image", width: v["width"] as number, height: v["height"] as number };
    case "activations": {
      if (!Array.isArray(v["layers"])) return "The activations that were given have no “layers”.";
      const layers = v["layers"] as { name: string; tensor: { shape: number[] } }[];
      for (const layer of layers) {
        const problem = tensorProblem((layer?.tensor ?? {}) as never);
        if (problem) return problem;
      }
      return { kind: "activations", network: String(v["network"] ?? ""), layers: layers.map((l) => ({ name: l.name, shape: l.tensor.shape })) };
    }
    case "gallery":
      return Array.isArray(v["entries"]) ? { kind: "gallery", ...(typeof v["network"] === "string" ? { network: v["network"] } : {}) } : "The gallery that was given has no “entries”.";
    case "dataset":
      return datasetProblem(v) ?? { kind: "dataset", example: v["example"] as number[], ...(typeof v["meaning"] === "string" ? { meaning: v["meaning"] as Meaning } : {}), ...(typeof v["network"] === "string" ? { network: v["network"] } : {}) };
    case "network":
      return Array.isArray(v["files"]) && typeof v["network"] === "string" ? { kind: "network", network: v["network"], input: null, output: null, layers: [] } : "The network that was given has no “files”, or no id.";
    default:
      return Object.hasOwn(PLAIN, String(v["kind"])) ? ({ kind: v["kind"] } as PortType) : "What was given is no value of a graph: its “kind” is none that there is.";
  }
}

/** A sentence when a part of a plain kind is missing, or is no such thing. */
function partProblem(v: { readonly [key: string]: unknown }): string | null {
  const kind = String(v["kind"]);
  const wrong = Object.entries(Object.hasOwn(PLAIN, kind) ? PLAIN[kind]! : {}).find(([name, part]) => !IS[part](v[name]));
  return wrong ? `What was given as ${describeType({ kind } as PortType)} needs “${wrong[0]}”: ${WORDS[wrong[1]]}.` : null;
}

/** A sentence when the numbers do not fit width and height. */
export function pictureProblem(v: { readonly [key: string]: unknown }): string | null {
  const { width, height, data } = v as { width: number; height: number; data: unknown };
  if (![width, height].every((side) => Number.isInteger(side) && side > 0)) return "The picture that was given needs a width and a height, whole numbers from 1.";
  if (!(data instanceof Uint8Array)) return "The picture that was given needs its pixels as a Uint8Array, three bytes a pixel.";
  const wanted = width * height * 3;
  return data.length === wanted ? null : `The picture that was given has ${data.length} bytes; ${width}×${height} pixels of red, green and blue are ${wanted}.`;
}

/** A sentence when the numbers do not fit the examples that are told. */
function datasetProblem(v: { readonly [key: string]: unknown }): string | null {
  const { example, data, labels, heldOut, names } = v as { example: unknown; data: unknown; labels: unknown; heldOut: unknown; names: unknown };
  if (!Array.isArray(example) || !example.every((n) => Number.isInteger(n) && n > 0)) return "The dataset that was given needs the shape of an example: a list of whole numbers from 1.";
  if (!(labels instanceof Int32Array && heldOut instanceof Uint8Array && Array.isArray(names) && Array.isArray(v["classes"]))) return "The dataset that was given needs “classes”, and for each example a label (an Int32Array), whether it is held out (a Uint8Array) and a name.";
  if (heldOut.length !== labels.length || names.length !== labels.length) return `The dataset that was given has ${labels.length} labels, and ${heldOut.length} marks of what is held out and ${names.length} names.`;
  if (labels.some((l) => l < 0 || l >= (v["classes"] as unknown[]).length)) return `A label of the dataset that was given names none of its ${(v["classes"] as unknown[]).length} classes.`;
  const wanted = (example as number[]).reduce((n, d) => n * d, labels.length);
  if (!(data instanceof Uint8Array || data instanceof Float32Array)) return "The dataset that was given needs its examples as a Uint8Array or a Float32Array.";
  return data.length === wanted ? null : `The dataset that was given has ${data.length} numbers; ${labels.length} examples of [${(example as number[]).join(",")}] are ${wanted}.`;
}

function tensorProblem({ dtype, shape, data }: { readonly [key: string]: unknown }): string | null {
  const array = ARRAYS[dtype as keyof typeof ARRAYS];
  if (!Object.hasOwn(ARRAYS, String(dtype)) || !array) return "The tensor that was given needs a “dtype”: float32, int32 or bool.";
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 0)) return "The tensor that was given needs a “shape”: a list of whole numbers.";
  if (!(data instanceof array)) return `The tensor that was given needs its numbers as a ${array.name}, because it is ${String(dtype)}.`;
  const size = (shape as number[]).reduce((n, d) => n * d, 1);
  return (data as TensorArray).length === size ? null : `The tensor that was given has ${(data as TensorArray).length} numbers; its shape [${shape.join(",")}] wants ${size}.`;
}
