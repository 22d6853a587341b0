/** What a caller sets for one run: interface inputs by name and parameters by `node.param`. */
import { GraphError, isVisible, paramValues, type Diagnostic, type FlatGraph, type FlatNode, type Json, type ParamSpec, type ParamValues } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";
import type { ImageValue, RuntimeValue } from "../node-api/values.ts";
import { givenProblem, pictureProblem } from "./check-given.ts";

/** File contents given in the place of a path. */
export type FileContent = Uint8Array | ImageValue;

/** A value for an interface input: parameters take JSON, file parameters also bytes or a picture, ports any runtime value. */
export type InputValue = Json | FileContent | RuntimeValue;

export interface Overrides {
  /** By node id. */
  params: ReadonlyMap<string, ParamValues>;
  /** By `node.param`. */
  files: ReadonlyMap<string, FileContent>;
  /** By `node.port`. */
  ports: ReadonlyMap<string, RuntimeValue>;
}

export interface RunSettings {
  inputs?: { readonly [name: string]: InputValue };
  params?: { readonly [nodeAndParam: string]: Json };
  /** Sets every parameter named `seed`. */
  seed?: number;
  /** Values that arrive at input ports (by `node.port`) in the place of what is wired to them. */
  ports?: { readonly [nodeAndPort: string]: RuntimeValue };
}

const quote = (names: readonly string[]): string => (names.length ? names.map((n) => `“${n}”`).join(", ") : "none");

/** Resolves names; throws GraphError with every name that is unknown and every value of the wrong kind. */
export function applySettings(flat: FlatGraph<RunnableNode>, settings: RunSettings): Overrides {
  const diagnostics: Diagnostic[] = [];
  const params = new Map<string, { [name: string]: Json }>();
  const files = new Map<string, FileContent>();
  const ports = new Map<string, RuntimeValue>();
  const set = (node: FlatNode<RunnableNode>, spec: ParamSpec, value: Json): void => {
    const problem = paramProblem(spec, value);
    if (problem) diagnostics.push({ code: "param-invalid", severity: "error", message: problem, node: node.id, param: spec.name });
    else params.set(node.id, { ...params.get(node.id), [spec.name]: value });
  };
  if (settings.seed !== undefined)
    for (const node of flat.nodes) for (const spec of node.declaration?.params ?? []) if (spec.name === "seed") set(node, spec, settings.seed);
  for (const [key, value] of Object.entries(settings.params ?? {})) {
    const dot = key.lastIndexOf(".");
    const node = flat.byId.get(key.slice(0, dot));
    const spec = node?.declaration?.params.find((p) => p.name === key.slice(dot + 1));
    if (node && spec) set(node, spec, value);
    else
      diagnostics.push({
        code: "unknown-param",
        severity: "error",
        message: node
          ? `The node “${node.id}” has no parameter “${key.slice(dot + 1)}”; it has ${quote(node.declaration?.params.map((p) => p.name) ?? [])}.`
          : `There is no node “${key.slice(0, dot)}” to set “${key}” on; parameters are named NODE.PARAM.`,
      });
  }
  for (const [key, value] of Object.entries(settings.ports ?? {})) {
    const dot = key.lastIndexOf(".");
    const node = flat.byId.get(key.slice(0, dot));
    const port = node?.declaration?.inputs.find((p) => p.name === key.slice(dot + 1));
    const problem = port ? givenProblem(value, port) : `There is no input port “${key}”; ports are named NODE.PORT.`;
    if (problem) diagnostics.push({ code: "input-invalid", severity: "error", message: problem, ...(node && port ? { node: node.id, port: port.name } : {}) });
    else ports.set(key, value);
  }
  for (const [name, value] of Object.entries(settings.inputs ?? {})) {
    const entries = flat.inputs.filter((i) => i.name === name);
    if (!entries.length) {
      diagnostics.push({ code: "unknown-input", severity: "error", message: `The graph has no input “${name}”; it has ${quote([...new Set(flat.inputs.map((i) => i.name))])}.` });
      continue;
    }
    for (const entry of entries) {
      const node = flat.byId.get(entry.node);
      if (!node) continue;
      if (entry.param === undefined) {
        const port = node.declaration?.inputs.find((p) => p.name === entry.port);
        if (!port) continue;
        const problem = givenProblem(value, port);
        if (problem) diagnostics.push({ code: "input-invalid", severity: "error", message: `The input “${name}” cannot be used. ${problem}`, node: node.id, port: port.name });
        else ports.set(`${node.id}.${entry.port}`, value as RuntimeValue);
        continue;
      }
      const spec = node.declaration?.params.find((p) => p.name === entry.param);
      if (!spec) continue;
      if (spec.kind === "file" && isContent(value)) {
        const problem = value instanceof Uint8Array ? null : pictureProblem({ ...value });
        if (problem) {
          diagnostics.push({ code: "input-invalid", severity: "error", message: `The input “${name}” cannot be used. ${problem}`, node: node.id, param: spec.name });
          continue;
        }
        files.set(`${node.id}.${spec.name}`, value);
        // A file that came as bytes has no path; the parameter must not look empty.
        params.set(node.id, { ...params.get(node.id), [spec.name]: `given:${node.id}.${spec.name}` });
      } else set(node, spec, value as Json);
    }
  }
  if (diagnostics.length) throw new GraphError(diagnostics);
  const complete = new Map<string, ParamValues>();
  for (const node of flat.nodes)
    if (node.declaration) complete.set(node.id, paramValues({ params: { ...node.params, ...params.get(node.id) } }, node.declaration));
  return { params: complete, files, ports };
}

const isContent = (value: unknown): value is FileContent =>
  value instanceof Uint8Array || (typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "image");

/** What somebody gave, short enough for a sentence: it may be a whole picture. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A sentence when a value does not fit its parameter; `null` when it does. */
export function paramProblem(spec: ParamSpec, value: Json): string | null {
  const is = (want: string) => `“${spec.title}” must be ${want}; ${shown(value)} is not.`;
  switch (spec.kind) {
    case "number": {
      if (typeof value !== "number" || !Number.isFinite(value)) return is("a number");
      if (spec.integer && !Number.isInteger(value)) return is("a whole number");
      const [low, high] = [spec.min ?? -Infinity, spec.max ?? Infinity];
      if (value < low || value > high) return is(high === Infinity ? `at least ${low}` : low === -Infinity ? `at most ${high}` : `between ${low} and ${high}`);
      return null;
    }
    case "choice":
      return spec.choices.some((c) => c.value === value) ? null : is(`one of ${quote(spec.choices.map((c) => c.value))}`);
    case "boolean":
      return typeof value === "boolean" ? null : is("true or false");
    case "text":
    case "file":
      return typeof value === "string" ? null : is(spec.kind === "file" ? "a path" : "text");
    case "layers":
      return Array.isArray(value) && value.every((v) => typeof v === "string") ? null : is("a list of layer names");
    case "numbers":
      return Array.isArray(value) ? null : is("a list of numbers");
  }
}

/** The file parameters of a node that count with these values. */
export const fileParams = (node: RunnableNode, params: ParamValues): readonly ParamSpec[] => node.params.filter((p) => p.kind === "file" && isVisible(p, params) && params[p.name] !== "");
