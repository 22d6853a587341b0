/** A node type's ports as small signs, coloured and shaped as they are on the canvas: what goes in, what comes out. */
import type { InputPort, OutputPort } from "@patchbay/graph-core";
import type { ReactNode } from "react";
import { KIND_LOOK, portKind, type PortKind, type PortShape } from "../../model/port-kind.ts";

/** In a square of 10. */
const SHAPES: { readonly [S in PortShape]: ReactNode } = {
  circle: <circle cx="5" cy="5" r="3.6" />,
  square: <rect x="1.6" y="1.6" width="6.8" height="6.8" rx="1.2" />,
  diamond: <path d="M5 0.7 9.3 5 5 9.3 0.7 5z" />,
  triangle: <path d="M1.8 1.3 9 5 1.8 8.7z" />,
  ring: <circle cx="5" cy="5" r="2.9" fill="none" strokeWidth="2" stroke="currentColor" />,
  hexagon: <path d="M2.9 1.2h4.2L9.3 5 7.1 8.8H2.9L0.7 5z" />,
  pentagon: <path d="M5 0.8 9.2 3.9 7.6 8.9H2.4L0.8 3.9z" />,
  bar: <rect x="3" y="1.2" width="4" height="7.6" rx="1.5" />,
};

export function PortSign({ kind }: { kind: PortKind }): ReactNode {
  return (
    <svg className="pb-port-sign" viewBox="0 0 10 10" width="10" height="10" fill="currentColor" style={{ color: `var(--pb-kind-${kind})` }} aria-hidden="true">
      {SHAPES[KIND_LOOK[kind].shape]}
    </svg>
  );
}

/** One sign for each kind, in the order of the ports. */
const kindsOf = (ports: readonly (InputPort | OutputPort)[]): readonly PortKind[] => [...new Set(ports.map((port) => portKind(port.type)))].slice(0, 3);

export function PortSigns({ inputs, outputs }: { inputs: readonly InputPort[]; outputs: readonly OutputPort[] }): ReactNode {
  const signs = (kinds: readonly PortKind[]): ReactNode => kinds.map((kind) => <PortSign key={kind} kind={kind} />);
  return (
    <span className="pb-port-signs">
      {signs(kindsOf(inputs))}
      {inputs.length && outputs.length ? <span className="pb-port-arrow" aria-hidden="true" /> : null}
      {signs(kindsOf(outputs))}
    </span>
  );
}
