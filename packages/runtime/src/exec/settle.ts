/** Brings together a graph and what a caller sets for one run: names resolved, types inferred again, targets chosen. */
import { GraphError, inferGraph, splitEndpoint, type GivenTypes, type Inference, type Diagnostic, type FileFacts, type FlatGraph, type FlatWire, type GraphBody, type GraphDocument, type InterfaceOutput, type Json, type PortType } from "@patchbay/graph-core";
import { NodeFailure } from "../node-api/host.ts";
import type { RunnableNode } from "../node-api/node.ts";
import { typeOfValue } from "./check-given.ts";
import { collectFacts, refuseErrors, type LoadedGraph } from "./load-graph.ts";
import { applySettings, type Overrides, type RunSettings } from "./overrides.ts";

export interface Settled {
  /** With everything set for this run in it. */
  document: GraphDocument;
  flat: FlatGraph<RunnableNode>;
  types: ReadonlyMap<string, PortType>;
  overrides: Overrides;
  outputs: readonly InterfaceOutput[];
  seeds: { [nodeAndParam: string]: Json };
  /** Of the graph with everything set for this run. */
  warnings: readonly Diagnostic[];
  /** The types with more known of what arrives at ports: a network gets its id when it has been trained. */
  retype(given: GivenTypes): ReadonlyMap<string, PortType>;
}

/** Throws GraphError with everything that keeps the graph from running with these settings. */
export async function settle(graph: LoadedGraph, settings: RunSettings & { outputs?: readonly string[] }): Promise<Settled> {
  const paths = await givenPaths(graph, settings);
  const overrides = applySettings(graph.inference.flat, paths);
  // Values that feed ports leave the document as it is.
  const sets = (name: string) => graph.inference.flat.inputs.some((i) => i.name === name && i.param !== undefined);
  const changed = Object.keys(paths.inputs ?? {}).some(sets) || Object.keys(paths.params ?? {}).length > 0 || paths.seed !== undefined;
  const document = changed ? withParams(graph.document, overrides, "") : graph.document;
  const facts = changed ? { ...(await collectFacts(document, graph.registry, graph.host, graph.facts)), ...(await givenFacts(graph, overrides)) } : graph.facts;
  const fed = givenTypes(overrides);
  const inference = changed ? inferGraph(document, graph.registry, { facts, given: fed }) : fed.size ? inferFed(graph, fed) : graph.inference;
  const diagnostics = [...graph.diagnostics.filter((d) => !graph.inference.diagnostics.includes(d)), ...inference.diagnostics];
  refuseErrors(diagnostics);
  const seeds: { [nodeAndParam: string]: Json } = {};
  for (const [id, params] of overrides.params) if ("seed" in params) seeds[`${id}.seed`] = params.seed!;
  return {
    document, flat: withoutUnread(inference.flat, overrides), types: inference.types, overrides, outputs: chooseOutputs(inference.flat, settings.outputs), seeds, warnings: diagnostics.filter((d) => d.severity === "warning"),
    retype: (given) => inferGraph(document, graph.registry, { facts, given: new Map([...fed, ...[...given].map(([node, ports]) => [node, new Map([...(fed.get(node) ?? []), ...ports])] as const)]) }).types,
  };
}

/** The graph without wires into ports that are not read with these parameters, so that nothing is computed for them. */
function withoutUnread(flat: FlatGraph<RunnableNode>, overrides: Overrides): FlatGraph<RunnableNode> {
  const unread = (w: FlatWire): boolean => {
    const when = flat.byId.get(w.toNode)?.declaration?.inputs.find((p) => p.name === w.toPort)?.readWhen;
    return when !== undefined && !when.equals.includes(overrides.params.get(w.toNode)?.[when.param] ?? null);
  };
  if (!flat.wires.some(unread)) return flat;
  const incoming = new Map([...flat.incoming].map(([id, wires]) => [id, wires.filter((w) => !unread(w))]));
  return { ...flat, incoming, wires: flat.wires.filter((w) => !unread(w)) };
}

/** The last inference with fed values of each graph: a host that feeds values of the same shapes run after run infers once. */
const lastFed = new WeakMap<LoadedGraph, { key: string; inference: Inference<RunnableNode> }>();

function inferFed(graph: LoadedGraph, given: GivenTypes): Inference<RunnableNode> {
  const key = JSON.stringify([...given].map(([node, ports]) => [node, [...ports]]));
  let last = lastFed.get(graph);
  if (last?.key !== key) lastFed.set(graph, (last = { key, inference: inferGraph(graph.document, graph.registry, { facts: graph.facts, given }) }));
  return last.inference;
}

/** Types of the values that feed ports: shapes must fit those of the drawing before anything runs. */
function givenTypes(overrides: Overrides): GivenTypes {
  const types = new Map<string, Map<string, PortType>>();
  for (const [key, value] of overrides.ports) {
    const { node, port } = splitEndpoint(key);
    const type = typeOfValue(value);
    if (typeof type !== "string") types.set(node, (types.get(node) ?? new Map<string, PortType>()).set(port, type));
  }
  return types;
}

/** Sizes of pictures that were given as contents. */
async function givenFacts(graph: LoadedGraph, overrides: Overrides): Promise<{ [source: string]: FileFacts }> {
  const facts: { [source: string]: FileFacts } = {};
  for (const [key, content] of overrides.files)
    if (!(content instanceof Uint8Array)) facts[`given:${key}`] = { kind: "image", width: content.width, height: content.height };
    else if (graph.host.imageSize)
      try {
        facts[`given:${key}`] = { kind: "image", ...(await graph.host.imageSize(content, key)) };
      } catch (error) {
        if (!(error instanceof NodeFailure)) throw error; // not a picture: the node says so when it runs
      }
  return facts;
}

/** Paths that the caller names, as opposed to the graph, are the caller's to read: the host turns them into references. */
async function givenPaths(graph: LoadedGraph, settings: RunSettings): Promise<RunSettings> {
  const inputs = { ...settings.inputs };
  const { flat } = graph.inference;
  const problems: Diagnostic[] = [];
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value !== "string" || value === "" || !graph.host.givenPath || /^(npm|data):/.test(value)) continue;
    const spec = flat.inputs.filter((i) => i.name === name).flatMap((i) => flat.byId.get(i.node)?.declaration?.params.filter((p) => p.name === i.param) ?? [])[0];
    if (spec?.kind !== "file") continue;
    const given = async (path: string): Promise<string> => {
      if (path === "" || /^(npm|data):/.test(path)) return path;
      try {
        return await graph.host.givenPath!(path);
      } catch (error) {
        if (!(error instanceof NodeFailure)) throw error;
        problems.push({ code: error.code, severity: "error", message: `The input “${name}” cannot be used. ${error.message}` });
        return path;
      }
    };
    // A list of examples names files beside it.
    if (spec.accept === "dataset" && /\.(csv|tsv|txt)$/i.test(value)) await given(value.replace(/[^/\\]*$/, "") || ".");
    // Slices of a volume may be listed as well; a single path holds what characters it likes.
    if (spec.accept !== "images" && !(spec.accept === "volume" && value.includes(","))) inputs[name] = await given(value);
    // A list of pictures, each `label=path#part`: only the path is the caller's.
    else inputs[name] = (await Promise.all(value.split(",").map(async (item) => {
      const [, label = "", path = "", part = ""] = /^([^=]*=)?([^#]*)(#.*)?$/s.exec(item) ?? [];
      return label + (await given(path.trim())) + part;
    }))).join(",");
  }
  if (problems.length) throw new GraphError(problems);
  return { ...settings, inputs };
}

/** The document with the run's parameters in it, down into subgraphs. */
function withParams<B extends GraphBody>(body: B, overrides: Overrides, prefix: string): B {
  return {
    ...body,
    nodes: body.nodes.map((node) => {
      const id = prefix + node.id;
      if (node.graph) return { ...node, graph: withParams(node.graph, overrides, `${id}/`) };
      const params = overrides.params.get(id);
      return params ? { ...node, params: { ...node.params, ...params } } : node;
    }),
  };
}

/** By name; all of the interface by default; where there is none, every port of output nodes and of nodes that nothing reads. */
function chooseOutputs(flat: FlatGraph<RunnableNode>, names: readonly string[] | undefined): readonly InterfaceOutput[] {
  if (!names) {
    if (flat.outputs.length) return flat.outputs;
    const read = new Set(flat.wires.map((w) => w.fromNode));
    return flat.nodes
      .filter((n) => n.declaration && (n.declaration.role === "output" || !read.has(n.id)))
      .flatMap((n) => n.declaration!.outputs.map((p) => ({ name: `${n.id}.${p.name}`, node: n.id, port: p.name })));
  }
  const unknown: Diagnostic[] = [];
  const chosen = names.map((name) => {
    const entry = flat.outputs.find((e) => e.name === name);
    if (entry) return entry;
    const dot = name.lastIndexOf(".");
    const node = flat.byId.get(name.slice(0, dot));
    if (node?.declaration?.outputs.some((p) => p.name === name.slice(dot + 1))) return { name, node: node.id, port: name.slice(dot + 1) };
    unknown.push({ code: "unknown-output", severity: "error", message: `The graph has no output “${name}”; it has ${flat.outputs.map((e) => `“${e.name}”`).join(", ") || "none"}, and NODE.PORT names any other.` });
    return null;
  });
  if (unknown.length) throw new GraphError(unknown);
  return chosen.filter((c) => c !== null);
}
