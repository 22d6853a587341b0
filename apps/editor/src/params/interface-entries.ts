/** The graph's named inputs and outputs as lists that are edited: each function gives the interface after one step. */
import { uniqueName, type GraphInterface, type InterfaceInput, type InterfaceOutput } from "@patchbay/graph-core";

const names = (entries: readonly { readonly name: string }[]): Set<string> => new Set(entries.map((e) => e.name));

const byParam = new WeakMap<readonly InterfaceInput[], ReadonlyMap<string, ReadonlyMap<string, string>>>();

/** By node, then by parameter: the input that sets it. Made once for each list of inputs. */
export function paramInputs(inputs: readonly InterfaceInput[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  let map = byParam.get(inputs);
  if (!map) {
    const made = new Map<string, Map<string, string>>();
    for (const { node, param, name } of inputs) {
      if (param === undefined) continue;
      const ofNode = made.get(node);
      if (ofNode) ofNode.set(param, name);
      else made.set(node, new Map([[param, name]]));
    }
    byParam.set(inputs, (map = made));
  }
  return map;
}

/** Named after the parameter; after the node too where that name is taken. */
export function exposeParam(io: GraphInterface, node: string, param: string, doc?: string): GraphInterface {
  const taken = names(io.inputs);
  const name = uniqueName(taken.has(param) ? `${node}-${param}` : param, taken);
  return { ...io, inputs: [...io.inputs, { name, node, param, ...(doc ? { doc } : {}) }] };
}

export const hideParam = (io: GraphInterface, node: string, param: string): GraphInterface => ({ ...io, inputs: io.inputs.filter((e) => e.node !== node || e.param !== param) });

export function exposeOutput(io: GraphInterface, node: string, port: string, doc?: string): GraphInterface {
  const taken = names(io.outputs);
  const name = uniqueName(taken.has(port) ? `${node}-${port}` : port, taken);
  return { ...io, outputs: [...io.outputs, { name, node, port, ...(doc ? { doc } : {}) }] };
}

export const hideOutput = (io: GraphInterface, node: string, port: string): GraphInterface => ({ ...io, outputs: io.outputs.filter((e) => e.node !== node || e.port !== port) });

export type Side = "inputs" | "outputs";

/** Several inputs may share a name: they are set together, and renamed one by one. */
export function replaceEntry(io: GraphInterface, side: Side, at: number, fields: { name?: string; doc?: string | undefined }): GraphInterface {
  const change = <E extends InterfaceInput | InterfaceOutput>(entry: E): E => {
    const { doc, ...rest } = { ...entry, ...fields };
    return (doc ? { ...rest, doc } : rest) as E;
  };
  return side === "inputs" ? { ...io, inputs: io.inputs.map((e, i) => (i === at ? change(e) : e)) } : { ...io, outputs: io.outputs.map((e, i) => (i === at ? change(e) : e)) };
}

export function removeEntry(io: GraphInterface, side: Side, at: number): GraphInterface {
  return side === "inputs" ? { ...io, inputs: io.inputs.filter((_, i) => i !== at) } : { ...io, outputs: io.outputs.filter((_, i) => i !== at) };
}

/** One place up (−1) or down (1). */
export function moveEntry(io: GraphInterface, side: Side, at: number, by: 1 | -1): GraphInterface {
  const swap = <E>(list: readonly E[]): readonly E[] => {
    const to = at + by;
    if (to < 0 || to >= list.length) return list;
    const next = [...list];
    [next[at], next[to]] = [next[to]!, next[at]!];
    return next;
  };
  return side === "inputs" ? { ...io, inputs: swap(io.inputs) } : { ...io, outputs: swap(io.outputs) };
}
