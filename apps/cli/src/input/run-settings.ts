/** `--input` and `--set` as a run takes them: each text read by the kind of the parameter that it sets. */
import type { InterfaceInput, Json, ParamSpec } from "@patchbay/graph-core";
import type { InputValue, LoadedGraph } from "@patchbay/runtime";
import { usage } from "../exit.ts";
import { givenReference } from "./given-file.ts";
import { parseParam } from "./param-text.ts";
import { portValue } from "./port-value.ts";
import type { Pair } from "./pairs.ts";

export interface Settings {
  inputs: { [name: string]: InputValue };
  params: { [nodeAndParam: string]: Json };
}

/** Throws a usage error naming the option, and the names that exist where one does not. Files that are named may be read from then on. */
export async function readSettings(graph: LoadedGraph, given: { input?: readonly Pair[]; set?: readonly Pair[] }): Promise<Settings> {
  const settings: Settings = { inputs: Object.create(null), params: Object.create(null) };
  const seen = new Set<string>();
  for (const pair of given.input ?? []) {
    if (seen.has(pair.name)) throw usage(`--input ${pair.name} is given twice.`);
    seen.add(pair.name);
    await readInput(graph, pair, settings);
  }
  for (const pair of given.set ?? []) {
    if (pair.name in settings.params) throw usage(`${pair.name} is set twice.`);
    settings.params[pair.name] = await paramValue(graph, pair, paramNamed(graph, pair.name));
  }
  return { inputs: { ...settings.inputs }, params: { ...settings.params } };
}

async function readInput(graph: LoadedGraph, pair: Pair, settings: Settings): Promise<void> {
  const { flat } = graph.inference;
  const entries = flat.inputs.filter((input) => input.name === pair.name);
  if (!entries.length) {
    const names = [...new Set(flat.inputs.map((input) => input.name))];
    throw usage(`The graph has no input "${pair.name}"; ${names.length ? `it has ${names.join(", ")}` : "it has none"}.`);
  }
  // One name may lead to several places, each with a kind of its own.
  for (const entry of entries) {
    const spec = specOf(graph, entry);
    if (entry.param === undefined) settings.inputs[pair.name] = await portValue(graph, entry, pair);
    else if (spec) settings.params[`${entry.node}.${entry.param}`] = await paramValue(graph, pair, spec);
    else throw usage(`--input ${pair.name}: the graph's input leads to no parameter; \`patchbay check\` tells more.`);
  }
}

const specOf = (graph: LoadedGraph, { node, param }: InterfaceInput): ParamSpec | undefined => graph.inference.flat.byId.get(node)?.declaration?.params.find((spec) => spec.name === param);

/** `NODE.PARAM`; the node may be inside others, as `outer/inner`. */
function paramNamed(graph: LoadedGraph, name: string): ParamSpec {
  const { byId } = graph.inference.flat;
  const dot = name.lastIndexOf(".");
  if (dot < 1) throw usage(`--set is given as NODE.PARAM=VALUE; "${name}" has no ".".`);
  const [id, param] = [name.slice(0, dot), name.slice(dot + 1)];
  const node = byId.get(id);
  if (!node) throw usage(`--set ${name}: the graph has no node "${id}"; it has ${some([...byId.keys()])}.`);
  const specs = node.declaration?.params ?? [];
  const spec = specs.find((s) => s.name === param);
  if (!spec) throw usage(`--set ${name}: ${node.type} has no parameter "${param}"; ${specs.length ? `it has ${specs.map((s) => s.name).join(", ")}` : "it has none"}.`);
  return spec;
}

async function paramValue(graph: LoadedGraph, { option, name, value }: Pair, spec: ParamSpec): Promise<Json> {
  if (spec.kind === "file") return givenReference(graph, `${option} ${name}`, value, spec);
  const parsed = parseParam(spec, value);
  if ("problem" in parsed) throw usage(`${option} ${name}: ${parsed.problem}`);
  return parsed.value;
}

const some = (names: readonly string[]): string => (names.length === 0 ? "none" : names.length <= 12 ? names.join(", ") : `${names.slice(0, 12).join(", ")} and ${names.length - 12} more`);
