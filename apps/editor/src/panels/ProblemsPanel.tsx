/** All that is wrong with the graph, each a way to where it is. */
import type { ReactNode } from "react";

export function ProblemsPanel(): ReactNode {
  return <section className="pb-problems" role="region" aria-label="Problems" />;
}
