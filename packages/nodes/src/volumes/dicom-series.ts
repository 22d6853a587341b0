/** Puts the slices of a DICOM series together: of one series, of one size and direction, in order along their normal. */
import { NodeFailure, type Host } from "@patchbay/runtime/node-api";
import { naming } from "../learning/hold-out.ts";
import { cross, dicomSlice, isDicom, type DicomSlice } from "./dicom.ts";
import { checkedSize, malformed, MOST_VOXELS, tooLarge, type StoredVolume, type Triple } from "./stored-volume.ts";

/** More slices than scanners make. */
const MOST_FILES = 4096;
/** Of all files together. */
const MOST_BYTES = 2 ** 30;

type Warn = (code: string, message: string) => void;
interface Named {
  readonly name: string;
  readonly slice: DicomSlice;
}

/** The DICOM files of a folder, or those of a list with commas between them. Names are as the host reads them. */
export async function seriesFiles(host: Host, reference: string): Promise<readonly string[]> {
  if (reference.includes(",")) return reference.split(",").map((r) => r.trim()).filter((r) => r !== "");
  const folder = reference.replace(/\/+$/, "");
  return (await host.listFolder(folder)).filter((name) => !name.endsWith("/")).map((name) => `${folder}/${name}`);
}

/**
 * Reads the files one after another. In a folder, what is no DICOM file or holds no pixels is left out, and told. `wanted`: the number or UID of the
 * series where there are several. Throws NodeFailure `no-slices`, `several-series`, `slices-differ`, `too-large`, and those of a single file.
 */
export async function readSeries(files: readonly string[], read: (file: string) => Promise<Uint8Array>, { wanted, what, warn, step }: { wanted: string; what: string; warn: Warn; step: (done: number) => void }): Promise<StoredVolume> {
  if (files.length > MOST_FILES) throw new NodeFailure("too-large", `${what} holds ${files.length} files; at most ${MOST_FILES} slices are read.`, { param: "file" });
  const slices: Named[] = [];
  const others: string[] = [];
  let [voxels, weight] = [0, 0];
  for (const [i, file] of files.entries()) {
    const bytes = await read(file);
    weight += bytes.length;
    if (weight > MOST_BYTES) throw new NodeFailure("too-large", `The files of ${what} are larger than ${MOST_BYTES / 2 ** 20} MiB together. Take a part of them.`, { param: "file" });
    const name = file.slice(file.lastIndexOf("/") + 1);
    const slice = isDicom(bytes) ? await dicomSlice(bytes, `“${name}”`) : null;
    if (!slice) others.push(name);
    else if (wanted === "" || wanted === slice.series.number || wanted === slice.series.uid) slices.push({ name, slice });
    voxels += slice ? slice.size.reduce((n, d) => n * d, 1) : 0;
    if (voxels > MOST_VOXELS) throw tooLarge(what, [files.length, ...(slice?.size.slice(1) ?? [])]);
    step(i + 1);
  }
  if (others.length) warn("files-left-out", `${naming(others)} ${others.length === 1 ? "is" : "are"} left out: no DICOM pictures.`);
  const [first] = slices;
  if (!first) throw new NodeFailure("no-slices", wanted === "" ? `${what} holds no DICOM pictures.` : `${what} holds no DICOM pictures of the series “${wanted}”.`, { param: wanted === "" ? "file" : "series" });
  refuseSeveral(slices, what);
  refuseDifferent(slices);
  return joined(inOrder(slices, what, warn), what);
}

function refuseSeveral(slices: readonly Named[], what: string): void {
  const bySeries = new Map<string, { slice: DicomSlice; count: number }>();
  for (const { slice } of slices) bySeries.set(slice.series.uid, { slice, count: (bySeries.get(slice.series.uid)?.count ?? 0) + 1 });
  if (bySeries.size < 2) return;
  const list = [...bySeries.values()].map(({ slice: { series }, count }) => `${series.number || series.uid}${series.description ? ` (${series.description}, ${count} files)` : ` (${count} files)`}`);
  throw new NodeFailure("several-series", `${what} holds ${bySeries.size} series: ${list.slice(0, 8).join("; ")}${list.length > 8 ? "; and more" : ""}. Write the number of one into “Series”.`, { param: "series" });
}

function refuseDifferent(slices: readonly Named[]): void {
  const [first] = slices as [Named];
  const about = ({ size, directions }: DicomSlice): string => `${size.slice(1).join(" × ")}${directions ? `, ${directions.flat().map((d) => d.toFixed(3)).join(" ")}` : ""}`;
  const other = slices.find(({ slice }) => about(slice) !== about(first.slice));
  if (!other) return;
  const sizes = [first, other].map(({ slice }) => `${slice.size[1]} × ${slice.size[2]}`);
  throw new NodeFailure("slices-differ", sizes[0] === sizes[1] ? `“${first.name}” and “${other.name}” do not lie parallel (or differ in their channels), so they make no volume: leave one of them out.` : `“${first.name}” has ${sizes[0]} voxels and “${other.name}” ${sizes[1]}: slices of one volume have one size. Leave one of them out.`, { param: "file" });
}

interface Ordered {
  readonly slices: readonly Named[];
  /** Millimetres between slices. */
  readonly between: number | null;
}

/** By position along the normal of the slices; by instance number where positions are missing; else as named. */
function inOrder(slices: readonly Named[], what: string, warn: Warn): Ordered {
  const single = slices.length === 1;
  const normal = slices[0]!.slice.directions && cross(...slices[0]!.slice.directions);
  const along = ({ position }: DicomSlice): number | null => normal && position && position[0] * normal[0] + position[1] * normal[1] + position[2] * normal[2];
  const places = slices.map(({ slice }) => along(slice));
  if (!places.every((p): p is number => p !== null)) {
    const numbered = slices.every(({ slice }) => slice.instance !== null);
    if (!single) warn("positions-missing", `The slices of ${what} do not say where they lie: they are in the order of their ${numbered ? "numbers" : "names"}.`);
    return { slices: numbered ? slices.toSorted((a, b) => a.slice.instance! - b.slice.instance!) : slices, between: slices[0]!.slice.spacing?.[0] ?? null };
  }
  const order = places.map((place, i) => ({ place, named: slices[i]! })).sort((a, b) => a.place - b.place);
  const gaps = order.slice(1).map(({ place }, i) => place - order[i]!.place);
  const same = gaps.findIndex((g) => g < 1e-3);
  if (same >= 0) throw new NodeFailure("slices-differ", `“${order[same]!.named.name}” and “${order[same + 1]!.named.name}” lie at the same place: ${what} holds more than one pass (times, echoes or copies). Leave all but one of them out.`, { param: "file" });
  const middle = gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
  const odd = middle === undefined ? 0 : gaps.filter((g) => Math.abs(g - middle) > 0.01 * middle + 1e-3).length;
  if (odd) warn("slices-uneven", `${odd} of ${gaps.length} distances between slices differ from ${+middle!.toFixed(3)} mm (${+Math.min(...gaps).toFixed(3)} to ${+Math.max(...gaps).toFixed(3)} mm): slices may be missing. They are put next to each other as they are.`);
  return { slices: order.map(({ named }) => named), between: middle ?? slices[0]!.slice.spacing?.[0] ?? null };
}

function joined({ slices, between }: Ordered, what: string): StoredVolume {
  const { slice } = slices[0]!;
  if (slice.size[3] !== 1) throw malformed(`“${slices[0]!.name}” is a picture in colours: slices of a series are grey. Open it alone, as one file.`);
  const depth = slices.reduce((n, s) => n + s.slice.size[0], 0);
  const size = checkedSize([depth, ...slice.size.slice(1)], what);
  const data = new Float32Array(size.reduce((n, d) => n * d, 1));
  let at = 0;
  for (const one of slices) {
    const voxels = one.slice.read();
    data.set(voxels, at);
    at += voxels.length;
  }
  const spacing: Triple<number> | null = slice.inPlane && between ? [between, ...slice.inPlane] : null;
  return { format: depth === 1 ? "DICOM" : "DICOM series", size, spacing, axes: slice.axes, data };
}
