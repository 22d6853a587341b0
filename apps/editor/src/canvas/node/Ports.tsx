/** The ports of a node: marks on its edges, names beside them. */
import { memo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useWords } from "../../app/use-words.ts";
import { useCanvas } from "../canvas-context.ts";
import type { DrawnPort, DrawnPorts } from "../flow/drawn-ports.ts";
import { typeText } from "../flow/flow-wires.ts";
import { MARK, portMiddles, PORT_ROW, PORTS_PADDING } from "../flow/measures.ts";
import { portName } from "./node-name.ts";
import { PortMark } from "./PortMark.tsx";
import { usePortFacts } from "./use-port-facts.ts";

interface PortsProps {
  id: string;
  ports: DrawnPorts;
  title: string;
  collapsed: boolean;
}

export const Ports = memo(function Ports({ id, ports, title, collapsed }: PortsProps): ReactNode {
  const { connection } = useCanvas();
  const words = useWords();
  const facts = usePortFacts(id, ports);
  const fits = useStore(connection.store, (s) => s.drawing?.fits.get(id));
  const held = useStore(connection.store, (s) => (s.drawing?.held.node === id ? `${s.drawing.side}.${s.drawing.held.port}` : null));
  const aimed = useStore(connection.store, (s) => (s.target?.node === id ? s.target.port : null));
  const side = useStore(connection.store, (s) => (fits ? s.drawing?.side : undefined));
  const drawSide = (which: "input" | "output", list: readonly DrawnPort[], other: readonly DrawnPort[], offset: number): ReactNode => {
    const middles = portMiddles(list.length, other.length, collapsed);
    return list.map((port, i) => {
      const type = facts.types[offset + i];
      const wires = facts.wires[offset + i] ?? 0;
      const fit = side !== undefined && side !== which ? fits?.get(port.name) : undefined;
      const name = portName(which, port, title, type, wires);
      return (
        <button
          key={`${which}.${port.name}`}
          type="button"
          tabIndex={-1}
          className={`pb-port ${which === "input" ? "target" : "source"} nodrag nopan`}
          style={{ top: middles[i]! - MARK / 2 }}
          data-handleid={port.name}
          data-handlepos={which === "input" ? "left" : "right"}
          data-port={port.name}
          data-side={which}
          data-kind={port.kind}
          data-fit={fit ? (fit.ok ? "yes" : "no") : undefined}
          data-held={held === `${which}.${port.name}` || undefined}
          data-aimed={(fit && aimed === port.name) || undefined}
          data-open={which === "input" && !port.optional && wires === 0 ? true : undefined}
          data-tip={`${port.title} · ${type ? typeText(type) : words(port.doc)}${type && port.doc ? `\n${words(port.doc)}` : ""}${port.optional ? "\nOptional." : ""}${port.multiple ? "\nTakes any number of wires." : ""}`}
          aria-label={fit && !fit.ok ? `${name}. ${fit.reason}` : fit?.ok ? `${name}, fits` : name}
        >
          <PortMark kind={port.kind} hollow={port.optional} multiple={port.multiple} />
        </button>
      );
    });
  };
  const rows = Math.max(ports.inputs.length, ports.outputs.length);
  return (
    <>
      {!collapsed && rows ? (
        <div className="pb-port-titles" style={{ padding: `${PORTS_PADDING}px 0`, gridTemplateRows: `repeat(${rows}, ${PORT_ROW}px)` }} aria-hidden="true">
          {Array.from({ length: rows }, (_, i) => (
            <div key={i} className="pb-port-row">
              <span data-optional={ports.inputs[i]?.optional || undefined}>{ports.inputs[i]?.title}</span>
              <span>{ports.outputs[i]?.title}</span>
            </div>
          ))}
        </div>
      ) : null}
      {drawSide("input", ports.inputs, ports.outputs, 0)}
      {drawSide("output", ports.outputs, ports.inputs, ports.inputs.length)}
    </>
  );
});

/** Marks alone, for a canvas that is far away: wires still find their ends. */
export const PortDots = memo(function PortDots({ ports, collapsed }: { ports: DrawnPorts; collapsed: boolean }): ReactNode {
  const dots = (which: "input" | "output", list: readonly DrawnPort[], other: readonly DrawnPort[]): ReactNode => {
    const middles = portMiddles(list.length, other.length, collapsed);
    return list.map((port, i) => (
      <i key={`${which}.${port.name}`} className={`pb-dot ${which === "input" ? "target" : "source"} nodrag nopan`} style={{ top: middles[i]! - MARK / 2 }} data-handleid={port.name} data-handlepos={which === "input" ? "left" : "right"} data-kind={port.kind} data-port={port.name} data-side={which} />
    ));
  };
  return (
    <>
      {dots("input", ports.inputs, ports.outputs)}
      {dots("output", ports.outputs, ports.inputs)}
    </>
  );
});
