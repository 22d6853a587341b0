/** The shape of a port: its kind by form and colour, an outline where it is optional, doubled where it takes many wires. */
import { KIND_LOOK, type PortKind, type PortShape } from "../../model/port-kind.ts";
import type { ReactNode } from "react";

const PATHS: { readonly [S in PortShape]: string } = {
  circle: "M6 1.25a4.75 4.75 0 1 1 0 9.5a4.75 4.75 0 1 1 0-9.5z",
  ring: "M6 1.25a4.75 4.75 0 1 1 0 9.5a4.75 4.75 0 1 1 0-9.5z",
  square: "M2.5 1.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z",
  diamond: "M6 .6l5.4 5.4L6 11.4L.6 6z",
  triangle: "M1.6 1.2L11 6L1.6 10.8z",
  hexagon: "M3.4 1.3h5.2L11.2 6L8.6 10.7H3.4L.8 6z",
  pentagon: "M6 .8l5.2 3.9l-2 6.2H2.8l-2-6.2z",
  bar: "M2.2 3h7.6a1.2 1.2 0 0 1 1.2 1.2v3.6A1.2 1.2 0 0 1 9.8 9H2.2A1.2 1.2 0 0 1 1 7.8V4.2A1.2 1.2 0 0 1 2.2 3z",
};

export function PortMark({ kind, hollow, multiple = false }: { kind: PortKind; hollow: boolean; multiple?: boolean }): ReactNode {
  const { shape } = KIND_LOOK[kind];
  return (
    <svg className="pb-mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" data-hollow={hollow || undefined}>
      <path className="pb-mark-shape" d={PATHS[shape]} />
      {shape === "ring" ? <circle className="pb-mark-hole" cx="6" cy="6" r="1.9" /> : null}
      {multiple ? <path className="pb-mark-plus" d="M6 3.6v4.8M3.6 6h4.8" /> : null}
    </svg>
  );
}
