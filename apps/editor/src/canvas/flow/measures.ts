/** Where things stand on a node, in canvas pixels: known without asking the page, so that wires can be drawn to nodes that are not. */

export const NODE_WIDTH = 248;
export const HEADER = 34;
export const PORT_ROW = 24;
export const PORTS_PADDING = 4;
/** Side of a port's mark; its middle stands on the node's edge. */
export const MARK = 12;
export const REROUTE = 20;
const SQUEEZED_ROW = 15;

/** The middles of `count` ports from the top of the node. */
export function portMiddles(count: number, other: number, collapsed: boolean): readonly number[] {
  if (!collapsed) return Array.from({ length: count }, (_, i) => HEADER + PORTS_PADDING + PORT_ROW * (i + 0.5));
  const height = collapsedHeight(Math.max(count, other));
  return Array.from({ length: count }, (_, i) => height / 2 + SQUEEZED_ROW * (i - (count - 1) / 2));
}

export const collapsedHeight = (rows: number): number => Math.max(HEADER, rows * SQUEEZED_ROW + 8);

/** Of header and ports together. */
export const portsHeight = (rows: number): number => HEADER + (rows ? PORTS_PADDING * 2 + PORT_ROW * rows : 0);

/** What a node is taken to be tall before it has been drawn. */
export const guessedHeight = (rows: number, params: number): number => portsHeight(rows) + (params ? params * 34 + 12 : 0) + 8;
