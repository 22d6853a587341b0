/** The dialog that is open, loaded when it is first needed. */
import type { ReactNode } from "react";

export function Dialogs(): ReactNode {
  return null;
}
