/** Where a document names files, in subgraphs too. */
import { isVisible, paramValues, type FileParam, type GraphBody, type GraphDocument, type GraphNode, type Json, type NodeDeclaration, type NodeRegistry, type Scope } from "@patchbay/graph-core";

export interface FileUse {
  /** The scope and id of the node. */
  readonly scope: Scope;
  readonly node: string;
  readonly spec: FileParam;
  readonly value: string;
  /** `list`: a folder or several pictures, some of which lie beside the graph. */
  readonly kind: "path" | "data" | "npm" | "list";
}

export function fileUses(document: GraphBody, registry: NodeRegistry<NodeDeclaration>, scope: Scope = []): FileUse[] {
  return document.nodes.flatMap((node) => [...usesOf(node, registry, scope), ...(node.graph ? fileUses(node.graph, registry, [...scope, node.id]) : [])]);
}

function usesOf(node: GraphNode, registry: NodeRegistry<NodeDeclaration>, scope: Scope): FileUse[] {
  const declaration = registry.get(node.type);
  if (!declaration) return [];
  const params = paramValues(node, declaration);
  return declaration.params.flatMap((spec) => {
    const value = params[spec.name];
    if (spec.kind !== "file" || typeof value !== "string" || value === "" || !isVisible(spec, params)) return [];
    return [{ scope, node: node.id, spec, value, kind: kindOf(value, spec) }];
  });
}

function kindOf(value: string, spec: FileParam): FileUse["kind"] {
  if (/^data:/i.test(value)) return "data";
  if (spec.accept !== "images" && !(spec.accept === "volume" && value.includes(","))) return value.startsWith("npm:") ? "npm" : "path";
  return listItems(value).every((item) => item.reference.startsWith("npm:")) ? "npm" : "list";
}

/** Whether the file is all that there is: a model in JSON has shards beside it, a list of a dataset its pictures. */
export const standsAlone = ({ accept }: FileParam, value: string): boolean => accept !== "dataset" && !(accept === "network" && /\.json$/i.test(value));

export interface ListItem {
  /** `Nora=`, or nothing. */
  readonly label: string;
  readonly reference: string;
  /** `#xywh=…`, or nothing. */
  readonly part: string;
}

/** `[name=]file[#xywh=x,y,w,h]` separated by commas, as an `images` parameter holds them; a folder is one item. */
export function listItems(text: string): ListItem[] {
  return (text.match(/[^,]*?#xywh=\d+,\d+,\d+,\d+|[^,]+/g) ?? [])
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => {
      const [, label = "", reference = "", part = ""] = /^([^=/:#]+=\s*)?(.*?)(#xywh=[\d,]+)?$/s.exec(item)!;
      return { label, reference, part };
    });
}

export const listText = (items: readonly ListItem[]): string => items.map(({ label, reference, part }) => label + reference + part).join(", ");

/** The document with other values where `replace` gives one. */
export function withFiles(document: GraphDocument, registry: NodeRegistry<NodeDeclaration>, replace: (use: FileUse) => string | undefined): GraphDocument {
  const body = <B extends GraphBody>(graph: B, scope: Scope): B => ({
    ...graph,
    nodes: graph.nodes.map((node) => {
      const params: { [name: string]: Json } = { ...node.params };
      for (const use of usesOf(node, registry, scope)) {
        const value = replace(use);
        if (value !== undefined) params[use.spec.name] = value;
      }
      return { ...node, params, ...(node.graph ? { graph: body(node.graph, [...scope, node.id]) } : {}) };
    }),
  });
  return body(document, []);
}
