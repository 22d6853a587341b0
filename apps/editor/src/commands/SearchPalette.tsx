/** Finds a node type and puts it where the palette was opened. */
import type { ReactNode } from "react";

export function SearchPalette(): ReactNode {
  return null;
}
