/** The whole canvas as a PNG with the graph inside: it can be looked at anywhere, and dropped back here. */
import { serializeGraph, type GraphDocument } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { bodyAt } from "../model/document-view.ts";
import { elementPicture } from "./element-picture.ts";
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
  const back = await everythingDrawn(parts, viewport);
  try {
    const bounds = boundsOf(viewport);
    const area = { left: bounds.left - MARGIN, top: bounds.top - MARGIN, width: bounds.width + 2 * MARGIN, height: bounds.height + 2 * MARGIN };
    const drawn = await elementPicture(viewport, {
      area,
      ratio: Math.min(scale, LONGEST / Math.max(area.width, area.height), Math.sqrt(LARGEST / (area.width * area.height))),
      root: canvas.closest<HTMLElement>(".pb-root")!,
      background: getComputedStyle(canvas.closest(".pb-canvas")!).backgroundColor.replace("rgba(0, 0, 0, 0)", "") || getComputedStyle(canvas.closest(".pb-root")!).backgroundColor,
      // Handles of resizing and marks of focus are no part of the graph.
      without: ".react-flow__resize-control, .react-flow__node-toolbar, .react-flow__nodesselection",
      // Whoever looks at the picture is near.
      attributes: { "data-labels": "on", "data-far": "no" },
    });
    return graph ? await pngWithGraphAndFiles(drawn, parts) : drawn;
  } finally {
    back();
  }
}

/** Nodes outside the window are drawn as boxes: the view is moved to show all, for as long as it takes. Returns how to move it back. */
async function everythingDrawn({ editor }: EditorParts, viewport: HTMLElement): Promise<() => void> {
  const boxes = (): number => viewport.querySelectorAll(".pb-box").length;
  if (boxes() === 0) return () => {};
  const [, x, y, zoom] = /translate\((-?[\d.]+)px,\s*(-?[\d.]+)px\)\s*scale\(([\d.]+)\)/.exec(viewport.style.transform) ?? [];
  editor.look({ kind: "fit" });
  const until = performance.now() + 2500;
  // The movement takes a moment, and drawing what is in the nodes another. Of very many, boxes are what there is to see.
  for (let last = -1; performance.now() < until && boxes() > 0 && boxes() !== last; await new Promise((resolve) => setTimeout(resolve, 450))) last = boxes();
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
