/** Draws a graph for its page: a document and what inference says of it become an SVG, so that a picture cannot contradict the graph. */
import { splitEndpoint, type GraphComment, type GraphDocument, type Inference, type NodeDeclaration } from "@patchbay/graph-core";
import { drawNode, nodeBox, type NodeBox } from "./diagram/node-box.ts";
import { place } from "./diagram/place.ts";
import { card, INK, monoWidth, num, rect, sansWidth, text, wrap } from "./diagram/svg.ts";
import { KIND_NAMES, KINDS, kindOf, shapeLabel, type Kind } from "./diagram/type-colour.ts";
import { createRouter } from "./diagram/wire-path.ts";

const LABEL = 12;
const MARGIN = 28;

/** Every node must have a declaration: a graph with unknown nodes has nothing to draw. */
export function graphDiagram(document: GraphDocument, inference: Inference<NodeDeclaration>): string {
  const wires = document.wires.map((w) => ({ from: splitEndpoint(w.from), to: splitEndpoint(w.to), key: w.from }));
  const wired = { in: new Set(document.wires.map((w) => w.to)), out: new Set(document.wires.map((w) => w.from)) };
  const boxes = new Map(document.nodes.map((n) => [n.id, nodeBox(n, inference.flat.byId.get(n.id)!.declaration!, document, wired)]));
  const type = (key: string) => inference.types.get(key);
  const outLabel = (id: string, port: string): string => shapeLabel(type(`${id}.${port}`));
  const portWidth = (box: NodeBox, port: string): number => monoWidth(outLabel(box.id, port), LABEL) + (box.reads[port] ? sansWidth(`▸ ${box.reads[port]}`, LABEL, true) + 12 : 0);
  const labelWidth = (box: NodeBox): number => Math.max(0, ...box.outputs.map((port) => portWidth(box, port)));
  const frames = (document.comments ?? []).map((c) => framed(c, document)).filter((ids) => ids.length > 0);
  const placed = place(document, boxes, (id) => labelWidth(boxes.get(id)!), frames);

  const body: string[] = [];
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const grow = (left: number, top: number, right: number, bottom: number): void => {
    Object.assign(bounds, { left: Math.min(bounds.left, left), top: Math.min(bounds.top, top), right: Math.max(bounds.right, right), bottom: Math.max(bounds.bottom, bottom) });
  };
  for (const [id, box] of boxes) {
    const { x, y } = placed.at.get(id)!;
    grow(x, y, x + box.width + labelWidth(box) * (Object.keys(box.reads).length ? 1 : 0) + (Object.keys(box.reads).length ? 30 : 0), y + box.height);
  }

  for (const comment of document.comments ?? []) {
    const inside = framed(comment, document);
    if (inside.length === 0) {
      const { x, y } = placed.map(comment.position);
      const lines = wrap(comment.text, Math.max(260, comment.size?.width ?? 0), 13);
      // A note keeps its lower edge: what it is about stands below it.
      const bottom = placed.map({ x: comment.position.x, y: comment.position.y + (comment.size?.height ?? 0) }).y;
      const top = Math.max(y, bottom - lines.length * 18);
      lines.forEach((line, i) => body.push(text(x, top + 13 + i * 18, line, { size: 13, fill: INK.soft, italic: true })));
      grow(x, top, x + Math.max(...lines.map((l) => sansWidth(l, 13))), top + lines.length * 18);
    } else {
      const left = Math.min(...inside.map((id) => placed.at.get(id)!.x)) - 24;
      const right = Math.max(...inside.map((id) => placed.at.get(id)!.x + boxes.get(id)!.width + labelWidth(boxes.get(id)!) * Object.keys(boxes.get(id)!.reads).length)) + 28;
      const top = Math.min(...inside.map((id) => placed.at.get(id)!.y)) - 44;
      const bottom = Math.max(...inside.map((id) => placed.at.get(id)!.y + boxes.get(id)!.height)) + 22;
      body.push(rect(left, top, right - left, bottom - top, 12, "none", "#3a465a", 'stroke-dasharray="5 4"'), text(left + 16, top + 24, comment.text, { size: 14, fill: INK.soft, weight: 600 }));
      grow(left, top, right, bottom);
    }
  }

  const route = createRouter(placed, boxes);
  const kinds = new Set<Kind>();
  const lead = (id: string, port: string): number => placed.columns.find((c) => c.ids.includes(id))!.right - placed.at.get(id)!.x - boxes.get(id)!.width + portWidth(boxes.get(id)!, port) + 20;
  for (const { from, to, key } of wires) {
    const [a, b] = [boxes.get(from.node)!, boxes.get(to.node)!];
    const [pa, pb] = [placed.at.get(a.id)!, placed.at.get(b.id)!];
    const kind = kindOf(type(key));
    kinds.add(kind);
    const way = route({ x: pa.x + a.width, y: pa.y + a.portY[`out:${from.port}`]! }, { x: pb.x, y: pb.y + b.portY[`in:${to.port}`]! }, lead(from.node, from.port));
    body.push(`<path d="${way}" fill="none" stroke="${INK.card}" stroke-width="5"/>`, `<path d="${way}" fill="none" stroke="${KINDS[kind]}" stroke-width="2"/>`);
  }
  for (const [id, box] of boxes) {
    const { x, y } = placed.at.get(id)!;
    const keyOf = (port: string, side: "in" | "out"): string => (side === "out" ? `${id}.${port}` : (document.wires.find((w) => w.to === `${id}.${port}`)?.from ?? ""));
    body.push(...drawNode(box, x, y, (port, side) => KINDS[kindOf(type(keyOf(port, side)))]));
    for (const port of box.outputs) {
      const [px, py, label] = [x + box.width + 10, y + box.portY[`out:${port}`]!, outLabel(id, port)];
      const width = monoWidth(label, LABEL);
      kinds.add(kindOf(type(`${id}.${port}`)));
      body.push(rect(px, py - 9, portWidth(box, port) + 8, 18, 5, INK.card), text(px + 4, py + 4, label, { size: LABEL, mono: true, fill: KINDS[kindOf(type(`${id}.${port}`))] }));
      if (box.reads[port]) body.push(text(px + width + 14, py + 4, `▸ ${box.reads[port]}`, { size: LABEL, weight: 600, fill: INK.accent }));
    }
  }

  let x = bounds.left;
  const legendY = bounds.bottom + 34;
  for (const kind of (Object.keys(KINDS) as Kind[]).filter((k) => kinds.has(k))) {
    body.push(`<circle cx="${num(x + 5)}" cy="${num(legendY - 4)}" r="5" fill="${KINDS[kind]}"/>`, text(x + 16, legendY, KIND_NAMES[kind], { size: 12, fill: INK.soft }));
    x += sansWidth(KIND_NAMES[kind], 12) + 36;
  }
  body.push(text(x, legendY, "▸", { size: 12, fill: INK.accent, weight: 600 }), text(x + 14, legendY, "named inputs and outputs", { size: 12, fill: INK.soft }));
  grow(bounds.left, bounds.top, x + 14 + sansWidth("named inputs and outputs", 12), legendY + 6);

  const [width, height] = [bounds.right - bounds.left + 2 * MARGIN, bounds.bottom - bounds.top + 2 * MARGIN];
  return card(width, height, `The graph “${document.title ?? "untitled"}” with the type of every wire`, [`<g transform="translate(${num(MARGIN - bounds.left)} ${num(MARGIN - bounds.top)})">`, ...body, "</g>"]);
}

/** The nodes that a comment stands around as a frame; none: it is a note. */
function framed({ position, size, nodes }: GraphComment, document: GraphDocument): string[] {
  if (!size) return [];
  const within = document.nodes.filter((n) => n.position.x >= position.x && n.position.x <= position.x + size.width && n.position.y >= position.y && n.position.y <= position.y + size.height).map((n) => n.id);
  return nodes?.every((id) => within.includes(id)) === false ? [] : within.filter((id) => !nodes || nodes.includes(id));
}
