/** How large a graph file may be. Checked before anything that could run long or deep. */

export interface Limits {
  /** Characters of text. */
  characters: number;
  /** Nesting of arrays and objects. */
  depth: number;
  /** Numbers, texts, lists and objects in all. */
  values: number;
  nodes: number;
  wires: number;
  /** Graphs inside graphs. */
  nesting: number;
}

export const DEFAULT_LIMITS: Limits = { characters: 32 * 2 ** 20, depth: 128, values: 2_000_000, nodes: 50_000, wires: 200_000, nesting: 16 };
