/** The program in TypeScript that runs a graph through the library. */
import type { GraphDocument, Inference, Json, NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { changedSince, onceEach, portInputs, settingsOf, type Setting } from "./overrides.ts";

export interface SnippetOptions {
  registry: NodeRegistry<NodeDeclaration>;
  file: string;
  /** What that file holds, where it is not this document. */
  holds?: GraphDocument;
  types?: Inference["types"];
}

export function typescriptSnippet(document: GraphDocument, { registry, file, holds, types }: SnippetOptions): string {
  const changed = holds ? (changedSince(holds, document, registry) ?? []) : [];
  const named = onceEach(settingsOf(document, registry), document, registry).filter((setting) => setting.input !== undefined);
  const params = onceEach(changed, document, registry).filter((setting) => setting.input === undefined);
  const lines = ["// npm install @patchbay/runtime @patchbay/nodes", `import { loadGraph, run } from "@patchbay/runtime";`, "", `const graph = await loadGraph(${JSON.stringify(/^[./]/.test(file) ? file : `./${file}`)});`];
  const inside: string[] = [];
  const ports = portInputs(document);
  if (named.length || ports.length) {
    inside.push("  inputs: {");
    for (const setting of named) inside.push(`    ${keyText(setting.input!)}: ${literal(setting)},${comment(setting.doc)}`);
    for (const { name, doc } of ports) inside.push(`    // ${keyText(name)}: …,${comment(doc)}`);
    inside.push("  },");
  }
  if (params.length) {
    inside.push("  params: {");
    for (const setting of params) inside.push(`    ${JSON.stringify(setting.key)}: ${literal(setting)},`);
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

/** A picture of a megabyte inside the document would bury the program. */
function literal({ value }: Setting): string {
  if (typeof value === "string" && value.startsWith("data:") && value.length > 80) return `"" /* the file inside the graph, ${Math.round((value.length * 0.75) / 1000)} kB: name another here, or leave this line out */`;
  return JSON.stringify(value satisfies Json).replace(/\u2028|\u2029/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
