/** The canvas: nodes and wires of the scope that is shown. */
import type { ReactNode } from "react";

export function Canvas(): ReactNode {
  return <main className="pb-canvas" role="region" aria-label="Canvas" />;
}
