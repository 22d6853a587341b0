/** Compiles everything that is tensors between a graph's sources and its outputs into one program. */
import type { Backend } from "../backends/backend.ts";
import { Builder, type Value } from "../ir/builder.ts";
import type { TensorData } from "../ir/tensor.ts";
import { isActivations, type Lowered } from "../node-api/node.ts";
import type { RuntimeValue } from "../node-api/values.ts";
import { optimise } from "../passes/index.ts";
import { arrivalsAt } from "./arrivals.ts";
import { coerceValue } from "./coerce.ts";
import { execute } from "./execute.ts";
import type { Compiled } from "./export-onnx.ts";
import type { LoadedGraph } from "./load-graph.ts";
import { declareInputs, isLowered, lowerNode } from "./lower-node.ts";
import { makePlan } from "./plan.ts";
import type { Settled } from "./settle.ts";

/**
 * Nodes that are not computed with tensors (detection, alignment, decisions) stay outside: those before the tensors
 * become inputs, with the shapes that they have for the graph's own values; those behind are left to the caller.
 */
export async function compilePipeline(graph: LoadedGraph, settled: Settled, backend: Backend, signal: AbortSignal | undefined): Promise<Compiled> {
  const { flat, overrides, outputs } = settled;
  const lowered = (id: string) => isLowered(flat.byId.get(id)!.declaration!, overrides.params.get(id)!);
  const reached = new Set(makePlan(flat, overrides, [...new Set(outputs.map((o) => o.node))]).order);
  const inside = flat.order.filter((id) => reached.has(id) && lowered(id));
  const set = new Set(inside);
  const feeding = [...new Set(inside.flatMap((id) => (flat.incoming.get(id) ?? []).map((w) => w.fromNode)).filter((id) => !set.has(id)))];
  const before = await execute({
    ...settled, plan: makePlan(flat, overrides, feeding), targets: feeding, host: graph.host, backend, cache: graph.cache, onEvent: () => {}, ...(signal ? { signal } : {}),
  });
  const prepared = await before.prepareAll(inside);

  const b = new Builder();
  const docs: { [port: string]: string } = {};
  const entered = new Map<string, Lowered>();
  const values = new Map<string, { readonly [port: string]: Lowered }>();
  const enter = (key: string, value: RuntimeValue): Lowered => {
    const known = entered.get(key);
    if (known) return known;
    const types = new Map<string, TensorData>();
    const made = declareInputs(b, key, value, types);
    for (const [name, t] of types) docs[name] = `The value of ${key}, ${t.dtype} [${t.shape}].`;
    entered.set(key, made);
    return made;
  };
  for (const id of inside) {
    const node = flat.byId.get(id)!;
    const byPort = new Map<string, Lowered[]>();
    const known: { [port: string]: RuntimeValue } = {};
    for (const a of arrivalsAt(flat, overrides, id)) {
      if (a.port.known) {
        known[a.port.name] = a.given ?? before.values.get(a.from!.node)![a.from!.port]!;
        continue;
      }
      const lower = a.from && set.has(a.from.node) ? values.get(a.from.node)![a.from.port]! : enter(a.key, coerceValue(a.given ?? before.values.get(a.from!.node)![a.from!.port]!, a.port));
      byPort.set(a.port.name, [...(byPort.get(a.port.name) ?? []), lower]);
    }
    values.set(id, lowerNode(b, node.declaration!, overrides.params.get(id)!, { prepared: prepared.get(id), arrivals: byPort, known }));
  }

  const results: { [name: string]: Value } = {};
  const add = (name: string, value: Lowered, key: string) => {
    if (isActivations(value)) for (const l of value.layers) add(`${name}/${l.name}`, l.value, `${key}/${l.name}`);
    else {
      results[name] = value;
      docs[name] = `The value of ${key}.`;
    }
  };
  const notes: string[] = [];
  for (const o of outputs) {
    if (set.has(o.node)) {
      add(o.name, values.get(o.node)![o.port]!, `${o.node}.${o.port}`);
      continue;
    }
    // The output is computed behind the tensors: the file ends where they do.
    for (const w of tensorEnds(flat, set, o.node)) add(w.fromKey, values.get(w.fromNode)![w.fromPort]!, w.fromKey);
    notes.push(`The output “${o.name}” is made by ${o.node} (${flat.byId.get(o.node)!.type}) outside this file, from the file's outputs.`);
  }
  for (const id of feeding) notes.push(`${id} (${flat.byId.get(id)!.type}) runs before this file; its value is an input.`);
  return { program: optimise(b.build(results)), docs, notes };
}

/** The wires on which tensors leave the compiled part on the way to a node. */
function tensorEnds(flat: Settled["flat"], inside: ReadonlySet<string>, target: string) {
  const ends: { fromKey: string; fromNode: string; fromPort: string }[] = [];
  const seen = new Set<string>();
  const work = [target];
  while (work.length) {
    const id = work.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const w of flat.incoming.get(id) ?? []) if (inside.has(w.fromNode)) ends.push(w); else work.push(w.fromNode);
  }
  return ends;
}
