/** The whole canvas as a PNG with the graph inside: it can be looked at anywhere, and dropped back here. */
import { serializeGraph, type GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { bodyAt } from "../model/document-view.ts";
import { exportGraph } from "./export-graph.ts";
import { PNG_KEYWORD, PNG_ZIP } from "./import-graph.ts";
import { writePngChunk, writePngText } from "./png-chunks.ts";

/** Pixels a side, and in all: what browsers draw on one canvas. */
const LONGEST = 8192;
const LARGEST = 48_000_000;
const MARGIN = 48;

/** More than this and the picture would be a parcel: then it carries the graph without its files. */
const LARGEST_FILES = 24 * 2 ** 20;

/** A result picture, or one of the canvas, that carries the graph. What is no PNG is handed back as it is. */
export async function pngWithGraph(picture: Blob, document: GraphDocument, zip: Uint8Array | null = null): Promise<Blob> {
  try {
    const text = writePngText(new Uint8Array(await picture.arrayBuffer()), PNG_KEYWORD, serializeGraph(document));
    return new Blob([(zip ? writePngChunk(text, PNG_ZIP, zip) : text) as Uint8Array<ArrayBuffer>], { type: "image/png" });
  } catch (error) {
    if (error instanceof TypeError) return picture;
    throw error;
  }
}

/** The open graph as it goes into a picture: small files inside it, no galleries. */
export async function documentForPicture({ editor, files }: Pick<EditorParts, "editor" | "files">): Promise<GraphDocument> {
  const { document } = editor.store.getState().history;
  const options = { registry: editor.registry, files };
  const inside = await exportGraph(document, { ...options, form: "self-contained" });
  const made = inside.kind === "json" ? inside : await exportGraph(document, { ...options, form: "reference" });
  return made.kind === "json" ? (JSON.parse(new TextDecoder().decode(made.bytes)) as GraphDocument) : document;
}

/** With the files of the open graph beside it, lists of pictures too; without its galleries. */
export async function pngWithGraphAndFiles(picture: Blob, { editor, files }: Pick<EditorParts, "editor" | "files">): Promise<Blob> {
  const { document } = editor.store.getState().history;
  const options = { registry: editor.registry, files };
  const [named, whole] = await Promise.all([exportGraph(document, { ...options, form: "reference" }), exportGraph(document, { ...options, form: "zip" })]);
  // As exported by reference: a gallery inside the document does not leave with a picture either.
  const bare = named.kind === "json" ? (JSON.parse(new TextDecoder().decode(named.bytes)) as GraphDocument) : document;
  return pngWithGraph(picture, bare, whole.files > 0 && whole.bytes.length <= LARGEST_FILES ? whole.bytes : null);
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
    return graph ? await pngWithGraphAndFiles(drawn, parts) : drawn;
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
