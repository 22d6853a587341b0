/** The colour of a node's header: its group's, from the colours of what flows there. */
const TINTS: { readonly [group: string]: string } = {
  Sources: "var(--pb-kind-picture)",
  Images: "var(--pb-kind-tensor)",
  Faces: "var(--pb-kind-faces)",
  Encoders: "var(--pb-kind-encoding)",
  Layers: "var(--pb-kind-activation)",
  Learning: "var(--pb-kind-loss)",
  Calibration: "var(--pb-kind-decision)",
  Insight: "var(--pb-kind-activation)",
  Style: "var(--pb-kind-decision)",
  Outputs: "var(--pb-kind-plain)",
  Subgraphs: "var(--pb-accent)",
};

/** Groups of a host program share one neutral colour. */
export const groupTint = (group: string | undefined): string => (group !== undefined && TINTS[group]) || "var(--pb-text-faint)";
