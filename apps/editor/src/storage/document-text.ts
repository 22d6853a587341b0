/** A document as JSON, fast enough to be written on every edit: of a large graph, only what changed since last time is put into text again. */
import type { GraphDocument } from "@patchbay/graph-core";

const texts = new WeakMap<object, string>();

/** Nodes and wires are plain data that is replaced, never changed: their text holds as long as they live. */
function textOf(part: object): string {
  let text = texts.get(part);
  if (text === undefined) texts.set(part, (text = JSON.stringify(part)));
  return text;
}

export function documentText(document: GraphDocument): string {
  const { nodes, wires, ...rest } = document;
  return `${JSON.stringify(rest).slice(0, -1)},"nodes":[${nodes.map(textOf).join()}],"wires":[${wires.map(textOf).join()}]}`;
}

/** The next document with all of the previous one's parts that are equal, so that what did not change is not drawn again. */
export function sharedDocument(previous: GraphDocument, next: GraphDocument): GraphDocument {
  const known = new Map(previous.nodes.map((node) => [node.id, node]));
  const nodes = next.nodes.map((node) => {
    const before = known.get(node.id);
    return before && textOf(before) === textOf(node) ? before : node;
  });
  const same = <T,>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);
  const wiresAreSame = previous.wires.length === next.wires.length && previous.wires.every((wire, i) => wire.from === next.wires[i]!.from && wire.to === next.wires[i]!.to);
  return { ...next, nodes: same(previous.nodes, nodes) ? previous.nodes : nodes, wires: wiresAreSame ? previous.wires : next.wires };
}
