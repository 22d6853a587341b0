/** The gallery file: the people that recognition knows, each with encodings of their photos, guarded by a checksum. */
import { canonicalJson, sha256Hex, type Json } from "@patchbay/graph-core";
import { NodeFailure, type GalleryValue } from "@patchbay/runtime/node-api";
import { parseCalibration } from "../calibration/parse-calibration.ts";
import { UNKNOWN_NETWORK } from "./gallery-calibration.ts";

/*
 * JSON, so that it can be read without this program:
 *   { "format": "patchbay-gallery", "version": 2, "network": "face-128", "width": 128,
 *     "entries": [{ "name": "…", "photo"?: "…", "encoding": "<base64 of `width` little-endian float32>" }],
 *     "calibration"?: <a CalibrationValue, of this network>,
 *     "checksum": "<SHA-256 of the canonical JSON of all the rest, hexadecimal>" }
 * Version 2 knows calibrations. A gallery without one is written as version 1, so that earlier programs read it.
 */
export const GALLERY_FORMAT = "patchbay-gallery";
export const GALLERY_VERSION = 2;
/** Longest name of a person or photo, in UTF-16 code units. */
const LONGEST_NAME = 1000;

/** Writes a gallery; `parseGallery` gives the same value back, bit for bit. */
export function serializeGallery(gallery: GalleryValue): Uint8Array {
  const content = {
    format: GALLERY_FORMAT,
    version: gallery.calibration ? 2 : 1,
    network: gallery.network,
    width: gallery.width,
    entries: gallery.entries.map(({ name, photo, encoding }) => ({ name, ...(photo === undefined ? {} : { photo }), encoding: toBase64(encoding) })),
    ...(gallery.calibration ? { calibration: gallery.calibration } : {}),
  };
  const checksum = sha256Hex(canonicalJson(content as unknown as Json)); // plain data, though its interface says no index
  return new TextEncoder().encode(`${JSON.stringify({ ...content, checksum }, null, 1)}\n`);
}

/**
 * Reads a gallery. `name` is what messages call the file. Throws NodeFailure `gallery-damaged` when it is not whole,
 * `gallery-not-one` when it is something else, `gallery-newer` when a later version of this program wrote it.
 */
export function parseGallery(bytes: Uint8Array, name = "The gallery"): GalleryValue {
  const damaged = (what: string, cause?: unknown) => new NodeFailure("gallery-damaged", `${name} is damaged: ${what} Restore it from a copy, or enrol the people again.`, { cause });
  let file: unknown;
  try {
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged("it is not readable as JSON.", cause);
  }
  if (!isRecord(file) || file["format"] !== GALLERY_FORMAT) throw new NodeFailure("gallery-not-one", `${name} is not a gallery: it lacks "format": "${GALLERY_FORMAT}".`);
  const { checksum, ...content } = file;
  const { version, network, width, entries } = content;
  if (typeof version === "number" && version > GALLERY_VERSION) throw new NodeFailure("gallery-newer", `${name} was written by a newer version of this program (gallery version ${version}; this one reads ${GALLERY_VERSION}).`);
  if (version !== 1 && version !== 2) throw damaged("its version is missing.");
  if (typeof network !== "string" || network === "") throw damaged("the network of its encodings is missing.");
  if (!Number.isSafeInteger(width) || (width as number) < 1) throw damaged("the width of its encodings is missing.");
  if (!Array.isArray(entries)) throw damaged("its list of people is missing.");
  if (checksum !== checksumOf(content)) throw damaged("its checksum does not match its content.");
  const calibration = version === 1 || content["calibration"] === undefined ? undefined : parseCalibration(content["calibration"]);
  if (version === 2 && content["calibration"] !== undefined && !calibration) throw damaged("its calibration is not one.");
  if (calibration && ![network, UNKNOWN_NETWORK].includes(calibration.network) && network !== UNKNOWN_NETWORK) throw damaged(`its calibration was measured with “${calibration.network}”, and its encodings are by “${network}”.`);
  return {
    kind: "gallery",
    network,
    width: width as number,
    entries: entries.map((entry: unknown, i) => {
      const place = `person ${i + 1} of ${entries.length}`;
      if (!isRecord(entry) || !isName(entry["name"])) throw damaged(`${place} has no name.`);
      if (entry["photo"] !== undefined && !isName(entry["photo"])) throw damaged(`the photo of ${place} has no proper name.`);
      const encoding = fromBase64(entry["encoding"], width as number);
      if (!encoding) throw damaged(`the encoding of ${place} is not ${width} finite numbers.`);
      return { name: entry["name"], ...(entry["photo"] === undefined ? {} : { photo: entry["photo"] as string }), encoding };
    }),
    ...(calibration ? { calibration } : {}),
  };
}

/** `undefined` where the content cannot be written canonically. */
function checksumOf(content: Record<string, unknown>): string | undefined {
  try {
    return sha256Hex(canonicalJson(content as Json));
  } catch {
    return undefined; // too deep, or numbers that JSON cannot hold
  }
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);
const isName = (x: unknown): x is string => typeof x === "string" && x.length > 0 && x.length <= LONGEST_NAME;

function toBase64(encoding: Float32Array): string {
  const bytes = new Uint8Array(encoding.length * 4);
  const view = new DataView(bytes.buffer);
  encoding.forEach((v, i) => view.setFloat32(4 * i, v, true));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: unknown, width: number): Float32Array | undefined {
  if (typeof text !== "string" || text.length > 8 * width + 8) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    if (bytes.length !== width * 4) return undefined;
    const view = new DataView(bytes.buffer);
    const encoding = Float32Array.from({ length: width }, (_, i) => view.getFloat32(4 * i, true));
    return encoding.every(Number.isFinite) ? encoding : undefined;
  } catch {
    return undefined;
  }
}
