/** Matching a wire's type against a port's pattern, binding the shape variables (`N`, `H`, `C1`) on the way. */
import { axisName } from "./conv-shape.ts";
import { convert, meaningFits } from "./convert.ts";
import { dimsDiffer } from "./dim.ts";
import { describeType, meaningName } from "./format-type.ts";
import type { DatasetType, Dim, NetworkType, PortType, TensorType } from "./port-type.ts";

/** What the variables of one node stand for. */
export type Bindings = ReadonlyMap<string, Dim>;

export type Match =
  /** `type`: the wire's type after conversion, its dims sharpened where the pattern knows more. */
  | { ok: true; type: PortType; bindings: Bindings }
  /** `detail`: what exactly does not fit, a full sentence, where the two types alone do not show it. `variable`: the letter that disagrees. */
  | { ok: false; code: string; detail?: string; variable?: string; axis?: number; found?: Dim; needed?: Dim };

/** A single capital letter with optional digits. */
export const isVariable = (dim: Dim): dim is string => typeof dim === "string" && /^[A-Z][0-9]*$/.test(dim);

/** Matches `from` against the pattern `to`; the bindings given are extended, never changed. */
export function bindPattern(from: PortType, to: PortType, bindings: Bindings = new Map()): Match {
  if (to.kind === "any") return { ok: true, type: from, bindings };
  if (from.kind === "any") return { ok: true, type: from, bindings };
  const converted = convert(from, to);
  if (converted.kind !== to.kind) return { ok: false, code: "wrong-type", ...unconverted(from, to) };
  if (converted.kind === "tensor" && to.kind === "tensor") return bindTensor(converted, to, bindings);
  if (converted.kind === "image" && to.kind === "image") {
    const shape = bindShape([converted.width, converted.height], [to.width, to.height], bindings, ["width", "height"]);
    return shape.ok ? { ok: true, type: { kind: "image", width: shape.shape[0]!, height: shape.shape[1]! }, bindings: shape.bindings } : shape;
  }
  if (converted.kind === "dataset" && to.kind === "dataset") return bindDataset(converted, to, bindings);
  if (converted.kind === "network" && to.kind === "network") return bindNetwork(converted, to, bindings);
  const [have, want] = [networkOf(converted), networkOf(to)];
  if (have && want && have !== want)
    return { ok: false, code: "network-mismatch", detail: `It comes from the network “${have}”, and “${want}” is needed.` };
  if (converted.kind === "activations" && to.kind === "activations" && to.layers.length > 0 && converted.layers.length !== to.layers.length)
    return { ok: false, code: "wrong-type", detail: `${to.layers.length} layers are needed and ${converted.layers.length} arrive.` };
  return { ok: true, type: converted, bindings };
}

/** The network that a value was computed by, where its type says so. */
export const networkOf = (type: PortType): string | undefined =>
  type.kind === "tensor" || type.kind === "activations" || type.kind === "gallery" || type.kind === "calibration" || type.kind === "dataset" || type.kind === "network" ? type.network || undefined : undefined;

function unconverted(from: PortType, to: PortType): { detail: string } | null {
  if (from.kind === "activations" && to.kind === "tensor" && from.layers.length !== 1)
    return { detail: `Only activations of exactly one layer can be used as a tensor, and these have ${from.layers.length}.` };
  return null;
}

function bindTensor(from: TensorType, to: TensorType, bindings: Bindings): Match {
  if (!meaningFits(from.meaning, to.meaning))
    return { ok: false, code: "wrong-type", detail: `${capital(meaningName(from.meaning!))} cannot stand for ${meaningName(to.meaning!)}.` };
  if (from.dtype !== to.dtype) return { ok: false, code: "wrong-type", detail: `Its values are ${from.dtype}, and ${to.dtype} is needed.` };
  if (from.network && to.network && from.network !== to.network)
    return { ok: false, code: "network-mismatch", detail: `It comes from the network “${from.network}”, and “${to.network}” is needed.` };
  if (from.shape === null || to.shape === null) return { ok: true, type: from, bindings };
  if (from.shape.length !== to.shape.length)
    return { ok: false, code: "wrong-rank", detail: `${to.shape.length} axes are needed and ${from.shape.length} arrive.` };
  const names = to.shape.map((_, i) => axisName(from.shape!.length, i));
  const result = bindShape(from.shape, to.shape, bindings, names);
  return result.ok ? { ok: true, type: { ...from, shape: result.shape }, bindings: result.bindings } : result;
}

function bindDataset(from: DatasetType, to: DatasetType, bindings: Bindings): Match {
  if (!meaningFits(from.meaning, to.meaning)) return { ok: false, code: "wrong-type", detail: `${capital(describeType({ ...from, example: null }))} cannot stand for ${describeType({ ...to, example: null })}.` };
  if (!from.example || !to.example) return { ok: true, type: from, bindings };
  if (from.example.length !== to.example.length) return { ok: false, code: "wrong-rank", detail: `Examples with ${to.example.length} axes are needed and these have ${from.example.length}.` };
  const result = bindShape(from.example, to.example, bindings, to.example.map((_, i) => axisName(to.example!.length + 1, i + 1)));
  return result.ok ? { ok: true, type: { ...from, example: result.shape }, bindings: result.bindings } : result;
}

function bindNetwork(from: NetworkType, to: NetworkType, bindings: Bindings): Match {
  if (!from.input || !to.input) return { ok: true, type: from, bindings };
  if (from.input.length !== to.input.length) return { ok: false, code: "wrong-rank", detail: `A network with ${to.input.length} axes of input is needed and this one has ${from.input.length}.` };
  const result = bindShape(from.input, to.input, bindings, to.input.map((_, i) => axisName(to.input!.length, i)));
  return result.ok ? { ok: true, type: { ...from, input: result.shape }, bindings: result.bindings } : result;
}

type ShapeMatch = { ok: true; shape: Dim[]; bindings: Bindings } | Extract<Match, { ok: false }>;

function bindShape(from: readonly Dim[], to: readonly Dim[], bindings: Bindings, names: readonly string[]): ShapeMatch {
  const bound = new Map(bindings);
  const shape: Dim[] = [];
  for (const [axis, found] of from.entries()) {
    const pattern = to[axis]!;
    const needed = isVariable(pattern) ? bound.get(pattern) : pattern;
    // Text that is no variable must match exactly; an unknown length against a number shows only when it runs.
    const differs = needed !== undefined && (isVariable(pattern) || typeof needed === "number" ? dimsDiffer(found, needed) : found !== needed);
    if (differs) {
      const what = names[axis]!;
      const code = what === "channels" ? "channel-mismatch" : "shape-mismatch";
      const mismatch = { ok: false as const, code, axis, found, needed: needed!, detail: axisSentence(what, needed!, found) };
      return isVariable(pattern) ? { ...mismatch, variable: pattern } : mismatch;
    }
    const sharper = typeof needed === "number" ? needed : found;
    if (isVariable(pattern)) bound.set(pattern, sharper);
    shape.push(sharper);
  }
  return { ok: true, shape, bindings: bound };
}

function axisSentence(axis: string, needed: Dim, found: Dim): string {
  if (axis === "channels") return `${needed} channels are needed and ${found} arrive.`;
  return `${axis.startsWith("axis") ? capital(axis) : `The ${axis}`} must be ${needed} and is ${found}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Puts the bound lengths in place of the variables; unbound ones become fresh symbols of `node` (`H@photo`), or stay. */
export function substitute(type: PortType, bindings: Bindings, node?: string): PortType {
  const put = (dim: Dim): Dim => (isVariable(dim) ? (bindings.get(dim) ?? (node === undefined ? dim : `${dim}@${node}`)) : dim);
  switch (type.kind) {
    case "tensor":
      return type.shape?.some(isVariable) ? { ...type, shape: type.shape.map(put) } : type;
    case "image":
      return isVariable(type.width) || isVariable(type.height) ? { kind: "image", width: put(type.width), height: put(type.height) } : type;
    case "activations":
      return type.layers.length ? { ...type, layers: type.layers.map((layer) => ({ ...layer, shape: layer.shape.map(put) })) } : type;
    case "dataset":
      return type.example?.some(isVariable) ? { ...type, example: type.example.map(put) } : type;
    case "network":
      return type.input?.some(isVariable) || type.output?.some(isVariable) ? { ...type, input: type.input?.map(put) ?? null, output: type.output?.map(put) ?? null } : type;
    default:
      return type;
  }
}

/** The reason of a failed match as one or two sentences that name both sides. */
export function mismatchSentence(from: PortType, to: PortType, match: Extract<Match, { ok: false }>, subject = "This input"): string {
  const first = `${subject} takes ${describeType(to)}; this wire carries ${describeType(from)}.`;
  return match.detail ? `${first} ${match.detail}` : first;
}
