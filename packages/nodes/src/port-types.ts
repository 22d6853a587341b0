/** Short names for the types that the library's ports declare over and over. */
import type { ActivationsType, Dim, InferResult, Meaning, PortType, TensorType } from "@patchbay/graph-core";

export const tensorType = (shape: readonly Dim[] | null, meaning?: Meaning): TensorType => ({ kind: "tensor", dtype: "float32", shape, ...(meaning ? { meaning } : {}) });

/** Pictures as numbers in 0…1; a decoded picture converts to it by itself. */
export const PICTURE = tensorType(["N", "H", "W", 3], "image");
/** One picture that says where: white counts, black does not. */
export const MASK = tensorType([1, "H", "W", 3], "image");
/** A decoded 8-bit picture of any size. */
export const IMAGE: PortType = { kind: "image", width: "W", height: "H" };
/** Activations of any network and layers. */
export const ACTIVATIONS: ActivationsType = { kind: "activations", network: "", layers: [] };
export const LOSS = tensorType([], "loss");
export const ANY_TENSOR = tensorType(null);

/** A type rule's answer for a mistake: the outputs cannot be told, and why. */
export const mistake = (outputs: readonly string[], code: string, message: string, at: { port?: string; param?: string } = {}): InferResult => ({
  outputs: Object.fromEntries(outputs.map((name) => [name, null])),
  diagnostics: [{ code, severity: "error", message, ...at }],
});

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
