/** The set of node types a program knows, looked up by name. */
import type { NodeDeclaration, NodeRegistry } from "./declaration.ts";

/**
 * Builds a registry. A programmer's mistake throws: two declarations of one type, or a declaration with two ports on
 * one side, or two parameters, of one name.
 */
export function createRegistry<D extends NodeDeclaration>(declarations: readonly D[]): NodeRegistry<D> {
  const byType = new Map<string, D>();
  for (const declaration of declarations) {
    const { type } = declaration;
    if (byType.has(type)) throw new Error(`The node type "${type}" is declared twice.`);
    requireDistinct(declaration.inputs, `input ports of "${type}"`);
    requireDistinct(declaration.outputs, `output ports of "${type}"`);
    requireDistinct(declaration.params, `parameters of "${type}"`);
    byType.set(type, declaration);
  }
  const list = Object.freeze([...declarations]);
  return { declarations: list, get: (type) => byType.get(type) };
}

/** The type of the nodes that hold a graph of their own. It needs no declaration: its ports are its graph's interface. */
export const SUBGRAPH = "Subgraph";

function requireDistinct(things: readonly { name: string }[], where: string): void {
  const names = new Set<string>();
  for (const { name } of things) {
    if (names.has(name)) throw new Error(`Two ${where} are named "${name}".`);
    names.add(name);
  }
}
