/** The ways in which a value can be taken along. */
import type { RuntimeValue } from "@patchbay/runtime";
import { download, fileName } from "../formats/hand-over.ts";
import { writeNpy } from "../formats/npy.ts";
import { toJson } from "../formats/value-json.ts";
import { toCsv, valueRows } from "../formats/value-rows.ts";
import { pagesOf } from "../image/pages-of.ts";
import { toPng } from "../image/PixelCanvas.tsx";

export interface HandOut {
  readonly title: string;
  run(): void | Promise<void>;
}

/** Longer texts would take the page's memory several times over. */
const LONGEST_TEXT = 4_000_000;

const count = (value: RuntimeValue): number => (value.kind === "tensor" || value.kind === "image" ? value.data.length : value.kind === "activations" ? value.layers.reduce((n, l) => n + l.tensor.data.length, 0) : 0);

/** Those that suit the value; texts only where it is not too large for one. */
export function handOuts(value: RuntimeValue, name: string): { copies: HandOut[]; downloads: HandOut[] } {
  const copies: HandOut[] = [];
  const downloads: HandOut[] = [];
  const small = count(value) <= LONGEST_TEXT;
  if (small) {
    copies.push({ title: "Copy as JSON", run: () => navigator.clipboard.writeText(toJson(value)) });
    downloads.push({ title: "Download JSON", run: () => download(fileName(name, "json"), toJson(value), "application/json") });
  }
  const rows = value.kind === "activations" || !small ? null : valueRows(value);
  if (rows) {
    copies.push({ title: "Copy as CSV", run: () => navigator.clipboard.writeText(toCsv(rows)) });
    downloads.push({ title: "Download CSV", run: () => download(fileName(name, "csv"), toCsv(rows), "text/csv") });
  }
  const pages = pagesOf(value);
  if (pages) downloads.push({ title: "Download PNG", run: async () => download(fileName(name, "png"), await toPng(pages.image(0)), "image/png") });
  if (value.kind === "tensor" || value.kind === "image") downloads.push({ title: "Download NumPy (.npy)", run: () => download(fileName(name, "npy"), writeNpy(value), "application/octet-stream") });
  if (value.kind === "activations") for (const { name: layer, tensor } of value.layers) downloads.push({ title: `Download ${layer} (.npy)`, run: () => download(fileName(`${name}-${layer}`, "npy"), writeNpy(tensor), "application/octet-stream") });
  return { copies, downloads };
}
