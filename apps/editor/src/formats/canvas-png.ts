/** The whole canvas as a PNG with the graph inside: it can be looked at anywhere, and dropped back here. */
import { serializeGraph, type GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { bodyAt } from "../model/document-view.ts";
import { exportGraph } from "./export-graph.ts";
import { PNG_KEYWORD } from "./import-graph.ts";
import { writePngText } from "./png-chunks.ts";

/** Pixels a side, and in all: what browsers draw on one canvas. */
const LONGEST = 8192;
const LARGEST = 48_000_000;
const MARGIN = 48;

/** A result picture, or one of the canvas, that carries the graph. What is no PNG is handed back as it is. */
export async function pngWithGraph(picture: Blob, document: GraphDocument): Promise<Blob> {
  try {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    return new Blob([writePngText(bytes, PNG_KEYWORD, serializeGraph(document)) as Uint8Array<ArrayBuffer>], { type: "image/png" });
  } catch (error) {
    if (error instanceof TypeError) return picture;
    throw error;
  }
}

/** As it goes into pictures: with small files inside it, without galleries. */
export async function documentForPicture({ editor, files }: EditorParts): Promise<GraphDocument> {
  const { document } = editor.store.getState().history;
  const exported = await exportGraph(document, { registry: editor.registry, files, form: "self-contained" });
  // Lists of pictures do not fit into a PNG: it names them, as the graph does.
  const { kind, bytes } = exported.kind === "json" ? exported : await exportGraph(document, { registry: editor.registry, files, form: "reference" });
  return kind === "json" ? (JSON.parse(new TextDecoder().decode(bytes)) as GraphDocument) : document;
}

/** All nodes and comments of the scope that is shown. Rejects with a sentence where there is nothing, or it cannot be drawn. */
export async function canvasPicture(parts: EditorParts, { scale = 2, graph = true }: { scale?: number; graph?: boolean } = {}): Promise<Blob> {
  const { editor } = parts;
  const canvas = document.querySelector<HTMLElement>(".pb-canvas .react-flow");
  const viewport = canvas?.querySelector<HTMLElement>(".react-flow__viewport");
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope);
  if (!canvas || !viewport || !body || body.nodes.length + (body.comments?.length ?? 0) === 0) throw new Error("There is nothing on the canvas to make a picture of.");
  const { toBlob } = await import("html-to-image");
  const back = await everythingDrawn(parts, viewport, body.nodes.length);
  try {
    const { left, top, width, height } = boundsOf(viewport);
    const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN];
    const ratio = Math.min(scale, LONGEST / Math.max(w, h), Math.sqrt(LARGEST / (w * h)));
    const drawn = await toBlob(viewport, {
      width: w,
      height: h,
      pixelRatio: ratio,
      skipFonts: true,
      skipAutoScale: true,
      backgroundColor: getComputedStyle(canvas.closest(".pb-canvas")!).backgroundColor.replace("rgba(0, 0, 0, 0)", "") || getComputedStyle(canvas.closest(".pb-root")!).backgroundColor,
      style: { width: `${w}px`, height: `${h}px`, transform: `translate(${MARGIN - left}px, ${MARGIN - top}px) scale(1)` },
      // Handles of resizing and marks of focus are no part of the graph.
      filter: (element) => !(element instanceof HTMLElement && element.matches(".react-flow__resize-control, .react-flow__node-toolbar, .react-flow__nodesselection")),
    });
    if (!drawn) throw new Error("The browser could not draw the canvas.");
    return graph ? await pngWithGraph(drawn, await documentForPicture(parts)) : drawn;
  } finally {
    back();
  }
}

/** Nodes outside the window are not in the page: the view is moved to show all, for as long as it takes. Returns how to move it back. */
async function everythingDrawn({ editor }: EditorParts, viewport: HTMLElement, count: number): Promise<() => void> {
  const drawn = (): number => viewport.querySelectorAll(".react-flow__node").length;
  if (drawn() >= count) return () => {};
  const [, x, y, zoom] = /translate\((-?[\d.]+)px,\s*(-?[\d.]+)px\)\s*scale\(([\d.]+)\)/.exec(viewport.style.transform) ?? [];
  editor.look({ kind: "fit" });
  const until = performance.now() + 1500;
  // The movement takes a moment, and drawing a thousand nodes another.
  for (let last = -1; performance.now() < until && (drawn() < count || drawn() !== last); await new Promise((resolve) => setTimeout(resolve, 120))) last = drawn();
  return () => {
    if (zoom !== undefined) editor.look({ kind: "viewport", viewport: { x: Number(x), y: Number(y), zoom: Number(zoom) } });
  };
}

/** Of everything that is drawn, in the canvas's own coordinates. */
function boundsOf(viewport: HTMLElement): { left: number; top: number; width: number; height: number } {
  const origin = viewport.getBoundingClientRect();
  const zoom = Number(/scale\(([\d.]+)\)/.exec(viewport.style.transform)?.[1] ?? 1);
  const boxes = [...viewport.querySelectorAll(".react-flow__node, .react-flow__edge path, .react-flow__edgelabel-renderer > *")].map((element) => element.getBoundingClientRect()).filter((box) => box.width + box.height > 0);
  const side = (pick: (box: DOMRect) => number, best: (...values: number[]) => number, from: number): number => (boxes.reduce((v, box) => best(v, pick(box)), pick(boxes[0]!)) - from) / zoom;
  const [left, top] = [side((b) => b.left, Math.min, origin.left), side((b) => b.top, Math.min, origin.top)];
  return { left, top, width: side((b) => b.right, Math.max, origin.left) - left, height: side((b) => b.bottom, Math.max, origin.top) - top };
}
