/** Equality of types, which decides how far an edit has to be followed downstream. */
import type { Dim, PortType } from "./port-type.ts";

export function sameShape(a: readonly Dim[] | null, b: readonly Dim[] | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((dim, i) => dim === b[i]);
}

export function sameType(a: PortType | undefined, b: PortType | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.kind !== b.kind) return false;
  if (a.kind === "tensor" && b.kind === "tensor")
    return a.dtype === b.dtype && a.meaning === b.meaning && a.network === b.network && sameShape(a.shape, b.shape);
  if (a.kind === "image" && b.kind === "image") return a.width === b.width && a.height === b.height;
  if (a.kind === "gallery" && b.kind === "gallery") return a.network === b.network && a.calibrated === b.calibrated;
  if (a.kind === "calibration" && b.kind === "calibration") return a.network === b.network && a.metric === b.metric;
  if (a.kind === "dataset" && b.kind === "dataset") return a.meaning === b.meaning && a.classes === b.classes && a.network === b.network && sameShape(a.example, b.example);
  if (a.kind === "network" && b.kind === "network")
    return (
      a.network === b.network && a.meaning === b.meaning && sameShape(a.input, b.input) && sameShape(a.output, b.output) &&
      a.layers.length === b.layers.length && a.layers.every((layer, i) => layer.name === b.layers[i]!.name && layer.channels === b.layers[i]!.channels)
    );
  if (a.kind === "activations" && b.kind === "activations")
    return (
      a.network === b.network &&
      a.layers.length === b.layers.length &&
      a.layers.every((layer, i) => layer.name === b.layers[i]!.name && sameShape(layer.shape, b.layers[i]!.shape))
    );
  return true;
}
