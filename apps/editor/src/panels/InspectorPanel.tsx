/** Everything about what is selected: parameters, documentation, values. */
import type { ReactNode } from "react";

export function InspectorPanel(): ReactNode {
  return <aside className="pb-inspector" role="region" aria-label="Inspector" />;
}
