/** A volume in whatever file it comes: told by its first bytes, not by its name. */
import type { FileFacts } from "@patchbay/graph-core";
import { NodeFailure, type EvaluateContext } from "@patchbay/runtime/node-api";
import { dicomSlice, isDicom, volumeOf } from "../volumes/dicom.ts";
import { readSeries, seriesFiles } from "../volumes/dicom-series.ts";
import { gunzip, isGzip, niftiHeader, niftiVersion, readNifti } from "../volumes/nifti.ts";
import { isNpy, npyHeader, readNpy } from "../volumes/npy.ts";
import { turned, turnedHeader } from "../volumes/orientation.ts";
import type { StoredVolume, VolumeHeader } from "../volumes/stored-volume.ts";

const ONE_FILE = /^(?:data:|given:)|\.(?:nii(?:\.gz)?|npy|dcm|ima|gz)$/i;

/** Whether a reference names one file for sure; DICOM files often have no ending, as folders have none. */
export const isOneFile = (reference: string): boolean => ONE_FILE.test(reference) && (!reference.includes(",") || reference.startsWith("data:"));

/** What static types need: the first bytes of a file say it, whatever its size. Throws NodeFailure for damaged files. */
export async function describeVolume(bytes: Uint8Array, name: string): Promise<FileFacts> {
  const [depth, height, width, channels] = turnedHeader(await headerOf(bytes, called(name))).size;
  return { kind: "volume", depth, height, width, channels };
}

async function headerOf(bytes: Uint8Array, what: string): Promise<VolumeHeader> {
  if (isNpy(bytes)) return npyHeader(bytes, what);
  if (isGzip(bytes)) return niftiHeader(await gunzip(bytes, 540, what), what);
  if (niftiVersion(bytes)) return niftiHeader(bytes, what);
  if (isDicom(bytes)) {
    const slice = await withPixels(bytes, what);
    return { ...slice, axes: slice.size[0] > 1 ? slice.axes : null };
  }
  throw unknown(what);
}

/** One file. Throws NodeFailure where it is damaged, cut off, compressed in a way that is not read, too large, or no volume. */
export async function readVolume(bytes: Uint8Array, name: string): Promise<StoredVolume> {
  const what = called(name);
  if (isNpy(bytes)) return turned(readNpy(bytes, what));
  if (isGzip(bytes) || niftiVersion(bytes)) return turned(await readNifti(bytes, what));
  if (isDicom(bytes)) return turned(volumeOf(await withPixels(bytes, what)));
  throw unknown(what);
}

/** What the parameter `file` names: one file, a folder with a DICOM series, or a list of files. */
export async function volumeFrom({ params, host, readFile, warn, progress, signal }: EvaluateContext): Promise<StoredVolume> {
  const reference = params["file"];
  const wanted = (params["series"] as string).trim();
  const series = async (files: readonly string[]): Promise<StoredVolume> => {
    const read = (file: string): Promise<Uint8Array> => {
      signal?.throwIfAborted();
      return host.readFile(file);
    };
    return turned(await readSeries(files, read, { wanted, what: called(String(reference)), warn, step: (done) => progress({ step: done, of: files.length, note: "Reading slices" }) }));
  };
  // A host may have set the file to bytes.
  if (typeof reference !== "string" || isOneFile(reference)) return oneFile();
  if (reference.includes(",")) return series(await seriesFiles(host, reference));
  try {
    return await oneFile();
  } catch (error) {
    if (!(error instanceof NodeFailure)) throw error;
    const files = await seriesFiles(host, reference).catch(() => null);
    if (files === null) throw error;
    return series(files);
  }

  async function oneFile(): Promise<StoredVolume> {
    const { name, bytes } = await readFile("file");
    return readVolume(bytes, name);
  }
}

async function withPixels(bytes: Uint8Array, what: string) {
  const slice = await dicomSlice(bytes, what);
  if (!slice) throw new NodeFailure("no-slices", `${what} is a DICOM file without a picture, such as a report or a directory: choose the slices, or their folder.`, { param: "file" });
  return slice;
}

/** References and the runtime's own words for embedded and given files. */
const called = (name: string): string => (/^the (?:given|embedded) /.test(name) ? `T${name.slice(1)}` : `“${name}”`);

const unknown = (what: string): NodeFailure => new NodeFailure("file-not-volume", `${what} is no volume: NIfTI (.nii, .nii.gz), DICOM and NumPy (.npy) files are read.`, { param: "file" });
