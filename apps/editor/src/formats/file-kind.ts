/** What a file is, by its first bytes and its name: what the editor can make of it. */
import type { NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { readGraphFile, type ImportedGraph } from "./import-graph.ts";

export type KnownFile =
  | { readonly kind: "graph"; readonly name: string; readonly graph: ImportedGraph }
  | { readonly kind: "picture" | "network" | "gallery" | "signal" | "volume"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "unknown"; readonly name: string; readonly problem?: string };

const PICTURE = /\.(jpe?g|png|webp)$/i;

export const isPictureName = (name: string): boolean => PICTURE.test(name);

export async function knownFile(path: string, file: Blob, registry: NodeRegistry<NodeDeclaration>): Promise<KnownFile> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { kind: "unknown", name, problem: `“${name}” cannot be read.` };
  }
  if (/\.onnx$/i.test(name)) return { kind: "network", name, bytes };
  if (isVolume(name, bytes)) return { kind: "volume", name, bytes };
  if (isGallery(bytes)) return { kind: "gallery", name, bytes };
  const graph = readGraphFile(bytes, name, registry);
  if (graph && "document" in graph) return { kind: "graph", name, graph };
  if (graph) return { kind: "unknown", name, problem: graph.problem };
  const ending = pictureEnding(bytes);
  if (ending) return { kind: "picture", name: PICTURE.test(name) ? name : `${name.replace(/\.[^.]*$/, "") || "picture"}.${ending}`, bytes };
  if (/\.(csv|tsv)$/i.test(name) || file.type === "text/csv") return { kind: "signal", name, bytes };
  if (file.type.startsWith("image/") || /\.(gif|bmp|avif|heic|heif|tiff?|svg)$/i.test(name)) {
    const png = await asPng(file);
    return png ? { kind: "picture", name: `${name.replace(/\.[^.]*$/, "")}.png`, bytes: png } : { kind: "unknown", name, problem: `“${name}” is a picture of a kind that this browser cannot read: save it as JPEG, PNG or WebP.` };
  }
  return { kind: "unknown", name };
}

function pictureEnding(bytes: Uint8Array): "jpg" | "png" | "webp" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpg";
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e) return "png";
  return bytes[0] === 0x52 && bytes[1] === 0x49 && bytes[8] === 0x57 && bytes[9] === 0x45 ? "webp" : null;
}

/** NIfTI by its name, compressed or not; DICOM by the mark that follows its preamble. */
export const isVolumeName = (name: string): boolean => /\.(nii|nii\.gz|dcm|npy)$/i.test(name);
const isVolume = (name: string, bytes: Uint8Array): boolean => isVolumeName(name) || (bytes.length > 132 && String.fromCharCode(...bytes.subarray(128, 132)) === "DICM");

const isGallery = (bytes: Uint8Array): boolean => /^\uFEFF?\s*\{/.test(text(bytes, 64)) && /"format"\s*:\s*"patchbay-gallery"/.test(text(bytes, 4096));
const text = (bytes: Uint8Array, length: number): string => new TextDecoder().decode(bytes.subarray(0, length));

/** Kinds that the engine does not read, through the browser's own codecs. */
async function asPng(file: Blob): Promise<Uint8Array | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
    bitmap.close();
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  } catch {
    return null;
  }
}
