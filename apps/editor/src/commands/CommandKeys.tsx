/** Listens for the shortcuts of all commands. */
import type { ReactNode } from "react";

export function CommandKeys(): ReactNode {
  return null;
}
