/** What a drawn node declares: of a Subgraph node its ports and parameters are what its graph's interface lets through. */
import { SUBGRAPH, type GraphBody, type GraphNode, type InputPort, type InterfaceInput, type Json, type NodeRegistry, type OutputPort, type ParamSpec } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";

const made = new WeakMap<GraphBody, { registry: NodeRegistry<RunnableNode>; declaration: RunnableNode }>();

/** Undefined for a type that this program does not know. */
export function declaredNode(node: GraphNode, registry: NodeRegistry<RunnableNode>): RunnableNode | undefined {
  if (node.type !== SUBGRAPH || !node.graph) return registry.get(node.type);
  const known = made.get(node.graph);
  if (known?.registry === registry) return known.declaration;
  const declaration = ofInterface(node.graph, registry);
  made.set(node.graph, { registry, declaration });
  return declaration;
}

function ofInterface(graph: GraphBody, registry: NodeRegistry<RunnableNode>): RunnableNode {
  const inside = (id: string): RunnableNode | undefined => {
    const node = graph.nodes.find((n) => n.id === id);
    return node && declaredNode(node, registry);
  };
  const inputs = new Map<string, InputPort>();
  const params = new Map<string, ParamSpec>();
  for (const entry of graph.interface.inputs) {
    const input = entry.port === undefined ? undefined : inputOf(entry, inside(entry.node));
    if (input && !inputs.has(entry.name)) inputs.set(entry.name, input);
    const param = entry.param === undefined ? undefined : inside(entry.node)?.params.find((p) => p.name === entry.param);
    if (param && !params.has(entry.name)) params.set(entry.name, paramOf(entry, param, graph.nodes.find((n) => n.id === entry.node)?.params[param.name]));
  }
  const outputs = new Map<string, OutputPort>();
  for (const entry of graph.interface.outputs) {
    const port = inside(entry.node)?.outputs.find((p) => p.name === entry.port);
    if (!outputs.has(entry.name)) outputs.set(entry.name, { name: entry.name, doc: entry.doc ?? port?.doc ?? "", type: port?.type ?? { kind: "any" } });
  }
  return {
    type: SUBGRAPH, version: 1, title: "Subgraph", group: "Subgraphs",
    doc: "A graph of its own, drawn as one node. Its ports and parameters are what its interface names.",
    inputs: [...inputs.values()], outputs: [...outputs.values()], params: [...params.values()],
  };
}

function inputOf(entry: InterfaceInput, declaration: RunnableNode | undefined): InputPort {
  const port = declaration?.inputs.find((p) => p.name === entry.port);
  return {
    name: entry.name, doc: entry.doc ?? port?.doc ?? "", type: port?.type ?? { kind: "any" },
    ...(port?.optional ? { optional: true } : {}), ...(port?.multiple ? { multiple: true } : {}),
  };
}

/** The value shown is what the node inside has unless the Subgraph node sets it; what it depends on inside is not seen from here. */
function paramOf(entry: InterfaceInput, spec: ParamSpec, inside: Json | undefined): ParamSpec {
  const { visibleWhen: _, ...rest } = spec;
  return { ...rest, name: entry.name, title: spec.title, help: entry.doc ?? spec.help, ...(inside === undefined ? {} : { default: inside }) } as ParamSpec;
}
