/** `--input` and `--set` as a run takes them: each text read by the kind of the parameter that it sets. */
import type { InterfaceInput, Json, ParamSpec } from "@patchbay/graph-core";
import type { InputValue, LoadedGraph } from "@patchbay/runtime";
import { usage } from "../exit.ts";
import { givenFile } from "./given-file.ts";
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
  for (const pair of given.input ?? []) {
    if (pair.name in settings.inputs) throw usage(`--input ${pair.name} is given twice.`);
    settings.inputs[pair.name] = await inputValue(graph, pair);
  }
  for (const pair of given.set ?? []) {
    if (pair.name in settings.params) throw usage(`--set ${pair.name} is given twice.`);
    settings.params[pair.name] = await paramValue(graph, pair, paramNamed(graph, pair.name));
  }
  return { inputs: { ...settings.inputs }, params: { ...settings.params } };
}

async function inputValue(graph: LoadedGraph, pair: Pair): Promise<InputValue> {
  const { flat } = graph.inference;
  const entries = flat.inputs.filter((input) => input.name === pair.name);
  const [entry] = entries;
  if (!entry) {
    const names = [...new Set(flat.inputs.map((input) => input.name))];
    throw usage(`The graph has no input "${pair.name}"; ${names.length ? `it has ${names.join(", ")}` : "it has none"}.`);
  }
  if (entry.param === undefined) return portValue(graph, entry, pair);
  const spec = specOf(graph, entry);
  if (!spec) throw usage(`--input ${pair.name}: the graph's input leads to no parameter; \`patchbay check\` tells more.`);
  return (await paramValue(graph, pair, spec)) as InputValue;
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
  if (spec.kind === "file") return givenFile(graph, `${option} ${name}`, value);
  const parsed = parseParam(spec, value);
  if ("problem" in parsed) throw usage(`${option} ${name}: ${parsed.problem}`);
  return parsed.value;
}

const some = (names: readonly string[]): string => (names.length === 0 ? "none" : names.length <= 12 ? names.join(", ") : `${names.slice(0, 12).join(", ")} and ${names.length - 12} more`);
