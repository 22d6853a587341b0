/** A graph in small, as an SVG picture for lists: its nodes as boxes in the colours of what they give, its wires as curves. */
import { splitEndpoint, type GraphDocument, type NodeDeclaration, type NodeRegistry } from "@patchbay/graph-core";
import { portKind, type PortKind } from "../model/port-kind.ts";

/** Readable on light and dark cards alike; `tokens.css` cannot reach inside a picture. */
const COLOURS: { readonly [K in PortKind]: string } = {
  picture: "#2f9c78", faces: "#d08336", encoding: "#5b82e8", activation: "#a566e0", tensor: "#3c96bd", loss: "#dd5f68", decision: "#c39321", plain: "#8590a1",
};
const WIDTH = 210;
const MOST = 160;

/** A `data:` URL; null where there is nothing to draw. */
export function drawGraph(document: GraphDocument, registry: NodeRegistry<NodeDeclaration>): string | null {
  const boxes = new Map(
    document.nodes.slice(0, MOST).map((node) => {
      const declaration = registry.get(node.type);
      const ports = Math.max(declaration?.inputs.length ?? 1, declaration?.outputs.length ?? 1);
      return [node.id, { x: node.position.x, y: node.position.y, height: node.collapsed ? 36 : 54 + 24 * ports, colour: COLOURS[portKind(declaration?.outputs[0]?.type ?? declaration?.inputs[0]?.type)] }] as const;
    }),
  );
  if (boxes.size === 0) return null;
  const all = [...boxes.values()];
  const [left, top] = [Math.min(...all.map((b) => b.x)), Math.min(...all.map((b) => b.y))];
  const [right, bottom] = [Math.max(...all.map((b) => b.x)) + WIDTH, Math.max(...all.map((b) => b.y + b.height))];
  // Twenty steps across the longer side would be a blur: the numbers stay short, the picture small.
  const scale = 300 / Math.max(right - left, bottom - top, 600);
  const n = (v: number): string => String(Math.round(v * scale * 10) / 10);
  const wires = document.wires.flatMap((wire) => {
    const [a, b] = [boxes.get(splitEndpoint(wire.from).node), boxes.get(splitEndpoint(wire.to).node)];
    if (!a || !b) return [];
    const [x1, y1, x2, y2] = [a.x + WIDTH - left, a.y + a.height / 2 - top, b.x - left, b.y + b.height / 2 - top];
    const bend = Math.max(40, Math.abs(x2 - x1) / 2);
    return [`M${n(x1)} ${n(y1)}C${n(x1 + bend)} ${n(y1)} ${n(x2 - bend)} ${n(y2)} ${n(x2)} ${n(y2)}`];
  });
  const shapes = all.map((b) => `<rect x='${n(b.x - left)}' y='${n(b.y - top)}' width='${n(WIDTH)}' height='${n(b.height)}' rx='${n(14)}' fill='${b.colour}' fill-opacity='.28' stroke='${b.colour}'/>`);
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='-4 -4 ${n(right - left + 8 / scale)} ${n(bottom - top + 8 / scale)}'><path d='${wires.join("")}' fill='none' stroke='#8590a1' stroke-width='1.2'/>${shapes.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg).replace(/%20/g, " ").replace(/%3D/g, "=").replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%27/g, "'")}`;
}
