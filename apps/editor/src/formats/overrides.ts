/** What has to be set when a graph's file is run, so that it does what the editor shows. */
import { isVisible, paramValues, type GraphBody, type GraphDocument, type Json, type NodeDeclaration, type NodeRegistry, type ParamSpec } from "@patchbay/graph-core";

export interface Setting {
  /** The interface input that leads there, where there is one. */
  readonly input?: string;
  /** `node.param`, with the ids of subgraphs before it. */
  readonly key: string;
  readonly spec: ParamSpec;
  readonly value: Json;
  readonly doc?: string;
}

/** The document's value of everything that the interface sets, and of every file. */
export function settingsOf(document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): Setting[] {
  const all = new Map(everyParam(document, registry, "").map((setting) => [setting.key, setting]));
  const named = document.interface.inputs.flatMap((input) => {
    const setting = input.param === undefined ? undefined : all.get(`${input.node}.${input.param}`);
    return setting ? [{ ...setting, input: input.name, ...(input.doc ? { doc: input.doc } : {}) }] : [];
  });
  const taken = new Set(named.map((setting) => setting.key));
  return [...named, ...[...all.values()].filter((setting) => !taken.has(setting.key) && setting.spec.kind === "file" && setting.value !== "")];
}

/**
 * Each input once: one that leads to several parameters sets all of them. Where those differ, which no value of the input
 * would give back, they go by their own keys.
 */
export function onceEach(settings: readonly Setting[], document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): Setting[] {
  const values = new Map<string, Set<string>>();
  for (const { input, value } of settingsOf(document, registry)) if (input !== undefined) values.set(input, (values.get(input) ?? new Set()).add(JSON.stringify(value)));
  const seen = new Set<string>();
  return settings.flatMap((setting) => {
    const { input, ...bare } = setting;
    if (input === undefined) return [setting];
    if (values.get(input)!.size > 1) return [bare];
    if (seen.has(input)) return [];
    seen.add(input);
    return [setting];
  });
}

/** Interface inputs that feed a port: somebody has to give a value. */
export const portInputs = (document: GraphDocument): readonly { name: string; doc?: string }[] => [...new Map(document.interface.inputs.filter((input) => input.port !== undefined).map((input) => [input.name, input])).values()];

/** Parameters in which `document` differs from the file that is run; null where they differ in more, so that no settings make up for it. */
export function changedSince(file: GraphDocument, document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): Setting[] | null {
  if (skeleton(file) !== skeleton(document)) return null;
  const before = new Map(everyParam(file, registry, "").map((setting) => [setting.key, JSON.stringify(setting.value)]));
  const inputs = new Map(document.interface.inputs.map((input) => [`${input.node}.${input.param}`, input.name]));
  return everyParam(document, registry, "")
    .filter((setting) => before.get(setting.key) !== JSON.stringify(setting.value))
    .map((setting) => (inputs.has(setting.key) ? { ...setting, input: inputs.get(setting.key)! } : setting));
}

function everyParam(body: GraphBody, registry: NodeRegistry<NodeDeclaration>, prefix: string): Setting[] {
  return body.nodes.flatMap((node) => {
    const declaration = registry.get(node.type);
    const values = declaration ? paramValues(node, declaration) : {};
    const own = (declaration?.params ?? []).filter((spec) => isVisible(spec, values)).map((spec) => ({ key: `${prefix}${node.id}.${spec.name}`, spec, value: values[spec.name]! }));
    return [...own, ...(node.graph ? everyParam(node.graph, registry, `${prefix}${node.id}/`) : [])];
  });
}

/** All that is computed, but for parameters. */
function skeleton(body: GraphBody): string {
  const nodes = body.nodes.map(({ id, type, version, muted, graph }) => [id, type, version, muted === true, graph ? skeleton(graph) : null]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return JSON.stringify([nodes, body.wires, body.interface]);
}
