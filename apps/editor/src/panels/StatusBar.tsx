/** The bar at the bottom: what is saved, which engine runs, what it loads. */
import type { ReactNode } from "react";

export function StatusBar(): ReactNode {
  return <footer className="pb-status" />;
}
