/** Short messages that go away by themselves. */
import type { ReactNode } from "react";

export function Notices(): ReactNode {
  return null;
}
