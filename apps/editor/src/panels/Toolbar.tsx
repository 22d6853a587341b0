/** The bar on top: the graph, its actions, and the run. */
import type { ReactNode } from "react";

export function Toolbar(): ReactNode {
  return <header className="pb-toolbar" role="toolbar" aria-label="Editor" />;
}
