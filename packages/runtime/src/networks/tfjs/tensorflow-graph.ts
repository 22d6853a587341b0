/** The topology of a graph model (a TensorFlow GraphDef as JSON) as a graph of operators. */
import { Attributes, type AttributeValue } from "../attributes.ts";
import { damaged } from "../failures.ts";
import type { NetworkGraph } from "../graph-network.ts";
import type { Known } from "../known.ts";
import type { NetworkPort } from "../network-source.ts";
import type { GraphNode } from "../rule.ts";
import { TENSORFLOW_OPERATORS } from "./tensorflow-operators.ts";

interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: { readonly [name: string]: AttrValue };
}
interface AttrValue {
  readonly s?: string;
  readonly i?: string | number;
  readonly f?: string | number;
  readonly b?: boolean;
  readonly type?: string | number;
  readonly shape?: ShapeDef;
  readonly list?: { readonly s?: readonly string[]; readonly i?: readonly (string | number)[]; readonly f?: readonly (string | number)[] };
}
interface ShapeDef {
  readonly dim?: readonly { readonly size?: string | number }[];
  readonly unknownRank?: boolean;
}
interface Signature {
  readonly inputs?: { readonly [key: string]: { readonly name?: string } };
  readonly outputs?: { readonly [key: string]: { readonly name?: string } };
}

const DTYPES: { readonly [type: string]: string } = { DT_FLOAT: "float32", DT_INT32: "int32", DT_INT64: "int64", DT_BOOL: "bool", DT_HALF: "float16", DT_DOUBLE: "float64", DT_UINT8: "uint8", 1: "float32", 3: "int32", 9: "int64", 10: "bool", 19: "float16", 2: "float64", 4: "uint8" };

/** Throws NodeFailure where the graph is broken; what cannot be carried is told in `opaque`. */
export function tensorflowGraph(file: string, topology: unknown, signature: Signature | undefined, weights: ReadonlyMap<string, Known>): NetworkGraph {
  const defs = (topology as { node?: unknown }).node;
  if (!Array.isArray(defs) || !defs.every((d: Partial<NodeDef> | null) => typeof d?.name === "string" && typeof d.op === "string" && (d.input === undefined || (Array.isArray(d.input) && d.input.every((i) => typeof i === "string"))))) throw damaged(file, "Its graph is broken.");
  const ordered = inOrder(file, defs as NodeDef[]);
  const used = outputsUsed(ordered, signature);
  const constants = new Map<string, Known>();
  const inputs: NetworkPort[] = [];
  const nodes: GraphNode[] = [];
  for (const def of ordered) {
    if (def.op === "Const") constants.set(def.name, weights.get(def.name) ?? missing(file, def.name));
    else if (def.op === "Placeholder") inputs.push(port(def));
    else if (def.op !== "NoOp") nodes.push({ name: def.name, op: def.op, inputs: dataInputs(def), outputs: Array.from({ length: (used.get(def.name) ?? 0) + 1 }, (_, i) => valueName(def.name, i)), attributes: attributesOf(def), version: 0 });
  }
  const outside = nodes.find((n) => !TENSORFLOW_OPERATORS.has(n.op));
  const first = nodes.find((n) => n.attributes.has("data_format") && n.attributes.text("data_format", "").startsWith("NC"));
  const why = outside ? `the operator ${outside.op} (“${outside.name}”) is outside the set that can be computed` : first ? `its node “${first.name}” has its channels first` : null;
  const { outputs, outputValues } = outputPorts(ordered, nodes, signature);
  return {
    file, inputs, outputs, outputValues, constants, nodes, operators: TENSORFLOW_OPERATORS, channelsLast: true,
    opaque: why && `${file} cannot be opened up: ${why}.`, unsafe: why && `${file} is a TensorFlow.js model, which runs opened up or not at all.`,
  };
}

const valueName = (node: string, output: number): string => (output ? `${node}:${output}` : node);
/** `name`, `name:0` and `name:2` without what only orders (`^name`). */
const dataInputs = (def: NodeDef): string[] => (def.input ?? []).filter((i) => !i.startsWith("^")).map((i) => i.replace(/:0$/, ""));

/** After all that they read. */
function inOrder(file: string, defs: readonly NodeDef[]): NodeDef[] {
  const byName = new Map(defs.map((d) => [d.name, d]));
  const state = new Map<string, "open" | "done">();
  const ordered: NodeDef[] = [];
  for (const root of defs) {
    const stack = [root];
    while (stack.length) {
      const def = stack.at(-1)!;
      if (state.get(def.name) === "done") {
        stack.pop();
        continue;
      }
      const waiting = dataInputs(def).map((i) => byName.get(i.replace(/:\d+$/, "")) ?? reject(file, def, i)).filter((d) => state.get(d.name) !== "done");
      if (!waiting.length) {
        state.set(def.name, "done");
        ordered.push(def);
        stack.pop();
        continue;
      }
      if (state.get(def.name) === "open") throw damaged(file, `Its node “${def.name}” waits for itself.`);
      state.set(def.name, "open");
      stack.push(...waiting);
    }
  }
  return ordered;
}

function reject(file: string, def: NodeDef, input: string): never {
  throw damaged(file, `Its node “${def.name}” reads “${input}”, which nothing computes.`);
}
function missing(file: string, name: string): never {
  throw damaged(file, `Its weights hold no “${name}”.`);
}

/** The highest output of each node that anything reads. */
function outputsUsed(defs: readonly NodeDef[], signature: Signature | undefined): Map<string, number> {
  const used = new Map<string, number>();
  const read = (input: string) => {
    const [, name, index] = /^(.*?):(\d+)$/.exec(input) ?? [];
    if (name !== undefined && Number(index) < 1024) used.set(name, Math.max(used.get(name) ?? 0, Number(index)));
  };
  for (const def of defs) def.input?.forEach(read);
  for (const o of Object.values(signature?.outputs ?? {})) if (o.name) read(o.name);
  return used;
}

/** The signature's where there is one, otherwise what nothing reads. */
function outputPorts(defs: readonly NodeDef[], nodes: readonly GraphNode[], signature: Signature | undefined): { outputs: NetworkPort[]; outputValues: Map<string, string> } {
  const named = Object.entries(signature?.outputs ?? {}).flatMap(([key, o]) => (o.name ? [[key, o.name.replace(/:0$/, "")] as const] : []));
  const read = new Set(defs.flatMap(dataInputs));
  const list = named.length ? named : nodes.filter((n) => n.outputs.every((o) => !read.has(o))).map((n) => [n.name, n.name] as const);
  return { outputs: list.map(([name]) => ({ name, dtype: "float32", shape: [] })), outputValues: new Map(list) };
}

function port(def: NodeDef): NetworkPort {
  const shape = def.attr?.["shape"]?.shape;
  const type = def.attr?.["dtype"]?.type ?? "DT_FLOAT";
  return { name: def.name, dtype: DTYPES[type] ?? String(type), shape: shape?.unknownRank ? [] : (shape?.dim ?? []).map((d) => (Number(d.size ?? -1) >= 0 ? Number(d.size) : null)) };
}

/** Texts are base64. */
const text = (s: string): string => new TextDecoder().decode(Uint8Array.from(atob(s), (c) => c.charCodeAt(0)));

function attributesOf(def: NodeDef): Attributes {
  return new Attributes(Object.entries(def.attr ?? {}).flatMap(([name, v]): [string, AttributeValue][] => {
    if (v.s !== undefined) return [[name, text(v.s)]];
    if (v.i !== undefined) return [[name, Number(v.i)]];
    if (v.f !== undefined) return [[name, Number(v.f)]];
    if (v.b !== undefined) return [[name, v.b]];
    if (v.type !== undefined) return [[name, DTYPES[v.type] ?? String(v.type)]];
    if (v.list) return [[name, v.list.s ? v.list.s.map(text) : (v.list.i ?? v.list.f ?? []).map(Number)]];
    return [];
  }));
}
