/** All node types, in groups, found by words, dragged to the canvas. */
import type { ReactNode } from "react";

export function LibraryPanel(): ReactNode {
  return <aside className="pb-library" role="region" aria-label="Node library" />;
}
