/** The ways in which a value can be taken along. */
import type { RuntimeValue } from "@patchbay/runtime";
import type { EditorParts } from "../../app/editor-parts.ts";
import { download } from "../../formats/download.ts";
import { fileStem } from "../../formats/file-name.ts";
import { writeNpy } from "../formats/npy.ts";
import { toJson } from "../formats/value-json.ts";
import { toCsv, valueRows } from "../formats/value-rows.ts";
import { pagesOf } from "../image/pages-of.ts";
import { pictureFile } from "../image/picture-file.ts";
import { networkFiles, saveNetworkFile, type NetworkFile } from "../network/network-files.ts";

export interface HandOut {
  readonly title: string;
  run(): void | Promise<void>;
}

/** Bytes. The text of more would take the page's memory several times over. */
const LARGEST_TEXT = 16e6;

const NETWORK_FILES: { readonly [F in NetworkFile]: string } = { onnx: "Download ONNX", tfjs: "Download TensorFlow.js model (.zip)", safetensors: "Download weights (.safetensors)" };

const save = (content: BlobPart, name: string, ending: string, type: string): void => download(new Blob([content], { type }), `${fileStem(name)}.${ending}`);

/** Those that suit the value; texts only where it is not too large for one. */
export function handOuts(value: RuntimeValue, bytes: number, name: string, parts: EditorParts): { copies: HandOut[]; downloads: HandOut[] } {
  const copies: HandOut[] = [];
  const downloads: HandOut[] = [];
  const small = bytes <= LARGEST_TEXT;
  if (small) {
    copies.push({ title: "Copy as JSON", run: () => navigator.clipboard.writeText(toJson(value)) });
    downloads.push({ title: "Download JSON", run: () => save(toJson(value), name, "json", "application/json") });
  }
  if (small && value.kind !== "image" && value.kind !== "activations") {
    const csv = (): string => toCsv(valueRows(value)!);
    copies.push({ title: "Copy as CSV", run: () => navigator.clipboard.writeText(csv()) });
    downloads.push({ title: "Download CSV", run: () => save(csv(), name, "csv", "text/csv") });
  }
  const pages = pagesOf(value);
  if (pages) downloads.push({ title: "Download PNG", run: async () => download(await pictureFile(parts, pages.image(0)), `${fileStem(name)}.png`) });
  if (value.kind === "tensor" || value.kind === "image") downloads.push({ title: "Download NumPy (.npy)", run: () => save(writeNpy(value), name, "npy", "application/octet-stream") });
  if (value.kind === "activations") for (const { name: layer, tensor } of value.layers) downloads.push({ title: `Download ${layer} (.npy)`, run: () => save(writeNpy(tensor), `${name}-${layer}`, "npy", "application/octet-stream") });
  if (value.kind === "network") for (const file of networkFiles(value)) downloads.push({ title: NETWORK_FILES[file], run: () => saveNetworkFile(parts, name, value, file) });
  if (value.kind === "file") downloads.unshift({ title: `Download ${value.name}`, run: () => download(new Blob([value.bytes as BlobPart], { type: value.mime }), value.name) });
  return { copies, downloads };
}
