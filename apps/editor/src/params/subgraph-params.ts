/** A subgraph has no declaration: its parameters are those that its interface names, described by the nodes inside. */
import { paramValues, type GraphBody, type GraphNode, type Json, type NodeDeclaration, type NodeRegistry, type ParamSpec } from "@patchbay/graph-core";

type Described = Pick<NodeDeclaration, "params">;

const made = new WeakMap<GraphBody, Described>();

/** What the inspector draws for a node; `undefined` where its type is unknown. */
export function describedParams(node: GraphNode, registry: NodeRegistry): Described | undefined {
  if (!node.graph) return registry.get(node.type);
  let described = made.get(node.graph);
  if (!described) made.set(node.graph, (described = { params: subgraphParams(node.graph, registry) }));
  return described;
}

/** The default is what stands inside: setting it outside goes before. */
function subgraphParams(body: GraphBody, registry: NodeRegistry): ParamSpec[] {
  const specs: ParamSpec[] = [];
  for (const { name, node: id, param, doc } of body.interface.inputs) {
    if (param === undefined || specs.some((spec) => spec.name === name)) continue;
    const inner = body.nodes.find((node) => node.id === id);
    const declaration = inner && describedParams(inner, registry);
    const spec = declaration?.params.find((p) => p.name === param);
    if (!inner || !declaration || !spec) continue;
    const value: Json = paramValues(inner, declaration)[param]!;
    const { visibleWhen: _inside, ...rest } = spec;
    specs.push({ ...rest, name, title: titleOf(name), help: doc ?? spec.help, default: value } as ParamSpec);
  }
  return specs;
}

/** `content-width` → “Content width”. */
const titleOf = (name: string): string => {
  const words = name.replace(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
