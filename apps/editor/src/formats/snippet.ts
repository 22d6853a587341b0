/** The program in TypeScript that runs a graph through the library. */
import type { GraphDocument, Inference, Json, NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { listItems } from "./file-uses.ts";
import { changedSince, onceEach, portInputs, settingsOf, type Setting } from "./overrides.ts";

export interface SnippetOptions {
  registry: NodeRegistry<NodeDeclaration>;
  file: string;
  /** What that file holds, where it is not this document. */
  holds?: GraphDocument;
  types?: Inference["types"];
  /** Files that the graph names and that are not in the file: they are given in the program. */
  missing?: readonly string[];
}

export function typescriptSnippet(document: GraphDocument, { registry, file, holds, types, missing = [] }: SnippetOptions): string {
  const changed = holds ? (changedSince(holds, document, registry) ?? []) : [];
  const named = onceEach(settingsOf(document, registry), document, registry).filter((setting) => setting.input !== undefined);
  const params = onceEach(changed, document, registry).filter((setting) => setting.input === undefined);
  const lines = ["// npm install @patchbay/runtime @patchbay/nodes", `import { loadGraph, run } from "@patchbay/runtime";`, "", `const graph = await loadGraph(${JSON.stringify(/^[./]/.test(file) ? file : `./${file}`)});`];
  const inside: string[] = [];
  const ports = portInputs(document);
  if (named.length || ports.length) {
    inside.push("  inputs: {");
    for (const setting of named) inside.push(`    ${isInFile(setting, missing) ? "// " : ""}${keyText(setting.input!)}: ${literal(setting)},${comment(setting.doc)}`);
    for (const { name, doc } of ports) inside.push(`    // ${keyText(name)}: …,${comment(doc)}`);
    inside.push("  },");
  }
  if (params.length) {
    inside.push("  params: {");
    for (const setting of params) inside.push(`    ${isInFile(setting, missing) ? "// " : ""}${JSON.stringify(setting.key)}: ${literal(setting)},`);
    inside.push("  },");
  }
  lines.push(...(inside.length ? ["const { outputs } = await run(graph, {", ...inside, "});"] : ["const { outputs } = await run(graph);"]));
  for (const { name, node, port, doc } of document.interface.outputs) {
    const kind = types?.get(`${node}.${port}`)?.kind;
    lines.push(`console.log(${access("outputs", name)});${comment([kind ? `a value of kind “${kind}”` : "", doc ?? ""].filter(Boolean).join(": "))}`);
  }
  if (document.interface.outputs.length === 0) lines.push("console.log(outputs);");
  lines.push("await graph.dispose();", "");
  return lines.join("\n");
}

const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text);
const keyText = (name: string): string => (isName(name) ? name : JSON.stringify(name));
const access = (object: string, name: string): string => (isName(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`);
/** On one line, so that nothing of it becomes program. */
const comment = (text: string | undefined): string => (text ? ` // ${text.replace(/[\r\n\u2028\u2029]+/g, " ")}` : "");

/** What the exported file brings along is only shown: under its name here there need not be a file there. */
function isInFile({ spec, value }: Setting, missing: readonly string[]): boolean {
  if (spec.kind !== "file" || typeof value !== "string" || value === "" || value.startsWith("npm:")) return false;
  return spec.accept === "images" ? !listItems(value).some((item) => missing.includes(item.reference)) : !missing.includes(value);
}

/** A picture of a megabyte inside the document would bury the program. */
function literal({ value }: Setting): string {
  if (typeof value === "string" && value.startsWith("data:") && value.length > 80) return `"…" /* a file of ${Math.round((value.length * 0.75) / 1000)} kB inside the graph: name another here */`;
  return JSON.stringify(value satisfies Json).replace(/\u2028|\u2029/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
