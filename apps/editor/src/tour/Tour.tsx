/** Three steps for the first visit. */
import type { ReactNode } from "react";

export function Tour(): ReactNode {
  return null;
}
