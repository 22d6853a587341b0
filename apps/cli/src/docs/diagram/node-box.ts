/** What a node looks like in a diagram: its lines of text, and from them its size and where its ports are. */
import { paramValues, type GraphDocument, type GraphNode, type Json, type NodeDeclaration } from "@patchbay/graph-core";
import { splitPictureList } from "@patchbay/nodes";
import { fit, INK, monoWidth, num, rect, sansWidth, text, wrap } from "./svg.ts";

const WIDEST = 230;
const [TITLE, SMALL, MONO] = [14, 11.5, 11.5];
const [HEAD, ROW, LINE, PAD] = [30, 21, 16, 12];

export interface NodeBox {
  id: string;
  title: string;
  group: string;
  width: number;
  height: number;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Below the box's top. */
  portY: { readonly [port: string]: number };
  params: readonly string[];
  comment: readonly string[];
  /** Interface inputs that set something here, and outputs read here. */
  sets: readonly string[];
  reads: { readonly [port: string]: string };
}

function short(value: Json): string {
  if (typeof value !== "string") return Array.isArray(value) ? value.map(short).join(" ") : JSON.stringify(value);
  const pictures = splitPictureList(value);
  return pictures.length > 1 ? `${pictures.length} pictures` : value.replace(/^npm:.*\//, "");
}

export function nodeBox(node: GraphNode, declaration: NodeDeclaration, document: GraphDocument, wired: { in: ReadonlySet<string>; out: ReadonlySet<string> }): NodeBox {
  const inputs = declaration.inputs.map((p) => p.name).filter((name) => wired.in.has(`${node.id}.${name}`));
  const reads = Object.fromEntries(document.interface.outputs.filter((o) => o.node === node.id).map((o) => [o.port, o.name]));
  const outputs = declaration.outputs.map((p) => p.name).filter((name) => wired.out.has(`${node.id}.${name}`) || reads[name] !== undefined);
  const rows = Math.max(inputs.length, outputs.length);
  const given = paramValues(node, declaration);
  const sets = [...new Set(document.interface.inputs.filter((i) => i.node === node.id).map((i) => i.name))];
  const title = node.title ?? declaration.title;
  const all = Object.keys(node.params).map((name) => `${name}: ${short(given[name] ?? node.params[name]!)}`);
  const ports = Array.from({ length: rows }, (_, i) => sansWidth(inputs[i] ?? "", SMALL) + sansWidth(outputs[i] ?? "", SMALL) + (inputs[i] && outputs[i] ? 22 : 0));
  const width = Math.min(WIDEST, Math.max(118, sansWidth(title, TITLE, true), ...ports, sansWidth(node.comment ?? "", SMALL) / 1.8, ...all.map((l) => monoWidth(l, MONO)), ...sets.map((s) => sansWidth(`▸ ${s}`, SMALL))) + 2 * PAD);
  const params = all.map((line) => fit(line, width - 2 * PAD, MONO));
  const comment = node.comment ? wrap(node.comment, width - 2 * PAD, SMALL) : [];
  const portY: { [port: string]: number } = {};
  inputs.forEach((name, i) => (portY[`in:${name}`] = HEAD + 15 + i * ROW));
  outputs.forEach((name, i) => (portY[`out:${name}`] = HEAD + 15 + i * ROW));
  const lines = params.length + comment.length + sets.length;
  const height = HEAD + 4 + rows * ROW + (lines ? 8 + lines * LINE : 0) + 4;
  return { id: node.id, title, group: declaration.group, width, height, inputs, outputs, portY, params, comment, sets, reads };
}

const GROUP_COLOURS: { readonly [group: string]: string } = { Sources: "#4f9d69", Images: "#3f8fa8", Faces: "#b3703f", Encoders: "#5b74c9", Layers: "#5b74c9", Style: "#a3569b", Outputs: "#7d8596" };

/** The box at a place; `colour` gives each port its type's colour. */
export function drawNode(box: NodeBox, x: number, y: number, colour: (port: string, side: "in" | "out") => string): string[] {
  const parts = [
    rect(x, y, box.width, box.height, 8, INK.panel, INK.line),
    `<path d="M${num(x)} ${num(y + HEAD)}v${-(HEAD - 8)}a8 8 0 0 1 8 -8h${num(box.width - 16)}a8 8 0 0 1 8 8v${HEAD - 8}z" fill="${GROUP_COLOURS[box.group] ?? "#7d8596"}"/>`,
    text(x + PAD, y + 20, box.title, { size: TITLE, weight: 650, fill: "#ffffff" }),
  ];
  for (const [side, names] of [["in", box.inputs], ["out", box.outputs]] as const)
    for (const name of names) {
      const [px, py] = [side === "in" ? x : x + box.width, y + box.portY[`${side}:${name}`]!];
      parts.push(text(side === "in" ? x + PAD : x + box.width - PAD, py + 4, name, { size: SMALL, fill: INK.soft, anchor: side === "in" ? "start" : "end" }));
      parts.push(`<circle cx="${num(px)}" cy="${num(py)}" r="5" fill="${colour(name, side)}" stroke="${INK.card}" stroke-width="1.5"/>`);
    }
  let at = y + HEAD + 4 + Math.max(box.inputs.length, box.outputs.length) * ROW + 16;
  for (const name of box.sets) parts.push(text(x + PAD, (at += LINE) - LINE, `▸ ${name}`, { size: SMALL, fill: INK.accent, weight: 600 }));
  for (const line of box.params) parts.push(text(x + PAD, (at += LINE) - LINE, line, { size: MONO, fill: INK.text, mono: true }));
  for (const line of box.comment) parts.push(text(x + PAD, (at += LINE) - LINE, line, { size: SMALL, fill: INK.faint, italic: true }));
  return parts;
}

export type Boxes = ReadonlyMap<string, NodeBox>;
