/** What a graph names – a path, `npm:package/path`, a `data:` URL – as bytes, and pictures of it in small. */
import type { EditorParts } from "../app/editor-parts.ts";
import { packageFilePath } from "../storage/package-file-path.ts";
import type { Part } from "./picture-list.ts";

type Sources = Pick<EditorParts, "files" | "assets" | "workspace">;

/** Null where there is no such file. */
export async function readReference({ files, assets }: Pick<Sources, "files" | "assets">, reference: string): Promise<Blob | null> {
  if (reference.startsWith("data:")) return readDataUrl(reference);
  if (reference.startsWith("npm:")) {
    const response = await fetch(assets + packageFilePath(reference.slice(4)));
    const isPage = response.headers.get("content-type")?.startsWith("text/html");
    return response.ok && !isPage ? response.blob() : null;
  }
  const bytes = await files.read(reference);
  return bytes && new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

function readDataUrl(url: string): Blob | null {
  const [, type, base64, text] = /^data:([^,;]*)(?:;[^,;]*)*?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (text === undefined) return null;
  try {
    const plain = base64 ? atob(decodeURIComponent(text)) : null;
    return new Blob([plain === null ? decodeURIComponent(text) : Uint8Array.from(plain, (c) => c.charCodeAt(0))], { type: type || "text/plain" });
  } catch {
    return null;
  }
}

export interface Thumbnail {
  /** A `data:` URL. */
  readonly url: string;
  /** Of the whole picture, or of the part. */
  readonly width: number;
  readonly height: number;
}

const KEPT = 400;
const caches = new WeakMap<object, Map<string, Promise<Thumbnail | null>>>();

/** At most `side` pixels wide and high; null where the reference is no picture that this browser shows. */
export function thumbnailOf(sources: Sources, reference: string, { part, side = 160 }: { part?: Part | undefined; side?: number } = {}): Promise<Thumbnail | null> {
  let cache = caches.get(sources.files);
  if (!cache) caches.set(sources.files, (cache = new Map()));
  // Another graph may hold another file under the same path.
  const key = JSON.stringify([sources.workspace?.current ?? "", reference, part, side]);
  const known = cache.get(key);
  if (known) return known;
  const made = readReference(sources, reference).then((blob) => (blob ? shrink(blob, part, side) : null)).catch(() => null);
  cache.set(key, made);
  // What could not be read may be there the next time.
  void made.then((thumbnail) => thumbnail === null && cache.delete(key));
  if (cache.size > KEPT) cache.delete(cache.keys().next().value!);
  return made;
}

async function shrink(blob: Blob, part: Part | undefined, side: number): Promise<Thumbnail> {
  const bitmap = await (part ? createImageBitmap(blob, part.x, part.y, Math.max(1, part.width), Math.max(1, part.height)) : createImageBitmap(blob));
  const { width, height } = bitmap;
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return { url: canvas.toDataURL("image/webp", 0.85), width, height };
}
