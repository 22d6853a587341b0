/** Puts a node into a wire: what flowed through the wire flows through the node. */
import { splitEndpoint, type Change, type GraphDocument, type GraphWire, type Inference, type InputPort, type NodeRegistry, type OutputPort, type Position, type Scope } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { declaredNode } from "../declared-node.ts";
import { nodesById, wiresByNode } from "../document-view.ts";
import { newNode, type Made } from "./add-node.ts";
import { graphPlace, type GraphPlace } from "./graph-place.ts";
import { bestInput, bestOutput } from "./port-fit.ts";
import { replaceWire } from "./rewire.ts";

/** The ports by which a node of this kind would stand in the wire; null where it does not fit. */
export function portsOnWire(place: GraphPlace, wire: GraphWire, declaration: Pick<RunnableNode, "inputs" | "outputs" | "passThrough">): { input: InputPort; output: OutputPort } | null {
  const [from, to] = [splitEndpoint(wire.from), splitEndpoint(wire.to)];
  const nodes = nodesById(place.body);
  const [source, target] = [nodes.get(from.node), nodes.get(to.node)];
  if (!source || !target) return null;
  const type = place.typeOf(wire.from) ?? declaredNode(source, place.registry)?.outputs.find((p) => p.name === from.port)?.type;
  const taken = declaredNode(target, place.registry)?.inputs.find((p) => p.name === to.port)?.type;
  if (declaration.passThrough) return declaration.inputs[0] && declaration.outputs[0] ? { input: declaration.inputs[0], output: declaration.outputs[0] } : null;
  if (!type || !taken) return null;
  const input = bestInput(declaration.inputs, type);
  const output = bestOutput(declaration.outputs, taken);
  return input && output ? { input: input.port, output: output.port } : null;
}

/** A new node; null where none of its ports fit. `at`: its top left corner. */
export function insertOnWire(document: GraphDocument, scope: Scope, registry: NodeRegistry<RunnableNode>, inference: Pick<Inference, "types">, wire: GraphWire, declaration: RunnableNode, at: Position): Made | null {
  const place = graphPlace(document, scope, registry, inference);
  const ports = portsOnWire(place, wire, declaration);
  if (!ports) return null;
  const node = newNode(place.body, declaration, at);
  return { changes: [{ kind: "add-node", node }, ...into(place, wire, node.id, ports)], id: node.id };
}

/** A node that is there already and was dropped on the wire; null where it does not fit, or is wired on the side where it would have to be free. */
export function insertExisting(document: GraphDocument, scope: Scope, registry: NodeRegistry<RunnableNode>, inference: Pick<Inference, "types">, wire: GraphWire, id: string): Change[] | null {
  const place = graphPlace(document, scope, registry, inference);
  const node = nodesById(place.body).get(id);
  const declaration = node && declaredNode(node, registry);
  if (!declaration || splitEndpoint(wire.from).node === id || splitEndpoint(wire.to).node === id) return null;
  const own = wiresByNode(place.body).get(id) ?? [];
  const free = declaration.inputs.filter((input) => input.multiple || !own.some((other) => other.to === `${id}.${input.name}`));
  // A node that is read elsewhere keeps its place in the graph.
  if (own.some((other) => splitEndpoint(other.from).node === id)) return null;
  const ports = portsOnWire(place, wire, { ...declaration, inputs: free });
  return ports && into(place, wire, id, ports);
}

const into = (place: GraphPlace, wire: GraphWire, id: string, { input, output }: { input: InputPort; output: OutputPort }): Change[] => [
  { kind: "connect", wire: { from: wire.from, to: `${id}.${input.name}` } },
  ...replaceWire(place.body, wire, [`${id}.${output.name}`]),
];
