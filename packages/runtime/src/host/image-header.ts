/** What a picture's first bytes say: its format by content, and its upright size, without decoding a pixel. */

export type ImageFormat = "jpeg" | "png" | "webp";

export interface ImageSize {
  format: ImageFormat;
  /** Pixels, after EXIF orientation. */
  width: number;
  height: number;
}

const ascii = (bytes: Uint8Array, start: number, length: number): string => String.fromCharCode(...bytes.subarray(start, start + length));
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The format of a picture, whatever its file is called. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "webp";
  return undefined;
}

/** The name of a format that is recognised only to be refused by name. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const start = ascii(bytes, 0, 16);
  if (start.startsWith("GIF8")) return "GIF";
  if (start.startsWith("II*\0") || start.startsWith("MM\0*") || start.startsWith("II+\0") || start.startsWith("MM\0+")) return "TIFF";
  if (start.startsWith("BM")) return "BMP";
  if (start.startsWith("\0\0\x01\0")) return "ICO";
  if (start.startsWith("8BPS")) return "Photoshop";
  if (start.startsWith("%PDF")) return "PDF";
  if (start.slice(4, 8) === "ftyp") return /^(?:avif|avis)/.test(start.slice(8)) ? "AVIF" : /^(?:heic|heix|heim|heis|hevc|mif1|msf1)/.test(start.slice(8)) ? "HEIC" : "video";
  if (start.startsWith("\0\0\0\x0cjP  ")) return "JPEG 2000";
  if (start.startsWith("\xff\x0a") || start.startsWith("\0\0\0\x0cJXL ")) return "JPEG XL";
  if (/^\s*(?:<\?xml|<!--|<!doctype svg|<svg)/i.test(ascii(bytes, 0, 256).replace(/^\xef\xbb\xbf/, ""))) return "SVG";
  return undefined;
}

/** The upright size of a JPEG, PNG or WebP; `undefined` when the bytes are none of these or break off before saying it. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const format = imageFormat(bytes);
  if (!format) return undefined;
  const found = { jpeg: jpegSize, png: pngSize, webp: webpSize }[format](bytes);
  if (!found || found.width < 1 || found.height < 1) return undefined;
  const { width, height, orientation } = found;
  return orientation >= 5 && orientation <= 8 ? { format, width: height, height: width } : { format, width, height };
}

interface Stored {
  width: number;
  height: number;
  /** EXIF's 1…8; 5…8 lie on their side. */
  orientation: number;
}

function jpegSize(bytes: Uint8Array): Stored | undefined {
  const data = view(bytes);
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) { at++; continue; } // Fill bytes before a marker.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) { at += 2; continue; } // Markers without a length.
    const length = data.getUint16(at + 2);
    if (marker === 0xe1 && ascii(bytes, at + 4, 6) === "Exif\0\0") orientation = exifOrientation(bytes.subarray(at + 10, at + 2 + length)) ?? orientation;
    const startOfFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (startOfFrame) return at + 9 > bytes.length ? undefined : { height: data.getUint16(at + 5), width: data.getUint16(at + 7), orientation };
    if (marker === 0xda || marker === 0xd9 || length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function pngSize(bytes: Uint8Array): Stored | undefined {
  if (bytes.length < 24 || ascii(bytes, 12, 4) !== "IHDR") return undefined;
  const data = view(bytes);
  let orientation = 1;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + data.getUint32(at)) {
    if (ascii(bytes, at + 4, 4) === "eXIf") orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + data.getUint32(at))) ?? 1;
  }
  return { width: data.getUint32(16), height: data.getUint32(20), orientation };
}

function webpSize(bytes: Uint8Array): Stored | undefined {
  const data = view(bytes);
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const kind = ascii(bytes, at, 4);
    const length = data.getUint32(at + 4, true);
    const body = bytes.subarray(at + 8, at + 8 + length);
    const part = view(body);
    if (kind === "VP8X" && body.length >= 10) size ??= { width: uint24(body, 4) + 1, height: uint24(body, 7) + 1 };
    else if (kind === "VP8 " && body.length >= 10) size ??= { width: part.getUint16(6, true) & 0x3fff, height: part.getUint16(8, true) & 0x3fff };
    else if (kind === "VP8L" && body.length >= 5) size ??= { width: (part.getUint32(1, true) & 0x3fff) + 1, height: ((part.getUint32(1, true) >>> 14) & 0x3fff) + 1 };
    else if (kind === "EXIF") orientation = exifOrientation(ascii(body, 0, 6) === "Exif\0\0" ? body.subarray(6) : body) ?? 1;
    at += 8 + length + (length & 1);
  }
  return size && { ...size, orientation };
}

const uint24 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);

/** Tag 0x0112 of the first directory of a TIFF structure. */
function exifOrientation(tiff: Uint8Array): number | undefined {
  if (tiff.length < 14) return undefined;
  const little = ascii(tiff, 0, 2) === "II";
  if (!little && ascii(tiff, 0, 2) !== "MM") return undefined;
  const data = view(tiff);
  const directory = data.getUint32(4, little);
  if (directory + 2 > tiff.length) return undefined;
  const count = data.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < count && at + 12 <= tiff.length; i++, at += 12) {
    if (data.getUint16(at, little) === 0x0112) return data.getUint16(at + 8, little);
  }
  return undefined;
}
