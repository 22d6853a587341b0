/** A text inside a PNG, as PNG's own `iTXt` chunk: every other program still shows the picture. */
import { zlibSync } from "fflate";
import { inflateBounded } from "./bounded-inflate.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Compressed bytes, decompressed bytes, and chunks that are looked at. */
const LARGEST_CHUNK = 24 * 2 ** 20;
const LARGEST_TEXT = 48 * 2 ** 20;
const MOST_CHUNKS = 100_000;

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

interface Chunk {
  readonly type: string;
  /** Of the length, which comes first. */
  readonly start: number;
  readonly data: Uint8Array;
  /** After the CRC. */
  readonly end: number;
}

/** Chunks in order, up to the first that is cut off. */
function* chunksOf(png: Uint8Array): Generator<Chunk> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = 8, i = 0; start + 12 <= png.length && i < MOST_CHUNKS; i++) {
    const length = view.getUint32(start);
    const end = start + 12 + length;
    if (end > png.length) return;
    yield { type: latin1(png.subarray(start + 4, start + 8)), start, data: png.subarray(start + 8, start + 8 + length), end };
    start = end;
  }
}

/** The picture with this text in it, in the place of another under the same keyword. Throws TypeError where it is no whole PNG. */
export function writePngText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  // Keyword, compressed, by zlib, in no language, with no translation of the keyword.
  const data = joined([bytesOf(keyword), Uint8Array.of(0, 1, 0, 0, 0), zlibSync(new TextEncoder().encode(text), { level: 9 })]);
  return withChunk(png, "iTXt", data, (chunk) => isTextOf(chunk, keyword));
}

/** The picture with a chunk of a type of one's own, in the place of another of this type. Throws TypeError where it is no whole PNG. */
export const writePngChunk = (png: Uint8Array, type: string, data: Uint8Array): Uint8Array => withChunk(png, type, data, (chunk) => chunk.type === type);

/** Null where there is none that is whole. */
export function readPngChunk(png: Uint8Array, type: string): Uint8Array | null {
  if (isPng(png)) for (const chunk of chunksOf(png)) if (chunk.type === type && isWhole(chunk)) return chunk.data;
  return null;
}

function withChunk(png: Uint8Array, type: string, data: Uint8Array, replaces: (chunk: Chunk) => boolean): Uint8Array {
  if (!isPng(png)) throw new TypeError("This is not a PNG.");
  const kept: Uint8Array[] = [];
  let from = 8;
  let end: number | null = null;
  for (const chunk of chunksOf(png)) {
    if (chunk.type === "IEND") {
      end = chunk.start;
      break;
    }
    if (!replaces(chunk)) continue;
    kept.push(png.subarray(from, chunk.start));
    from = chunk.end;
  }
  if (end === null) throw new TypeError("This PNG has no end.");
  kept.push(png.subarray(from, end));
  return joined([Uint8Array.from(SIGNATURE), ...kept, chunkBytes(type, data), png.subarray(end)]);
}

/** The text under a keyword; null where there is none, or it is damaged or too large. Reads `iTXt`, `zTXt` and `tEXt`. */
export function readPngText(png: Uint8Array, keyword: string): string | null {
  if (!isPng(png)) return null;
  for (const chunk of chunksOf(png)) {
    if (!isTextOf(chunk, keyword)) continue;
    const text = textOf(chunk, keyword.length + 1);
    if (text !== null) return text;
  }
  return null;
}

function isTextOf({ type, data }: Chunk, keyword: string): boolean {
  return (type === "iTXt" || type === "zTXt" || type === "tEXt") && data[keyword.length] === 0 && latin1(data.subarray(0, keyword.length)) === keyword;
}

/** Whether its checksum fits. */
function isWhole({ data }: Chunk): boolean {
  const crc = new DataView(data.buffer, data.byteOffset + data.length).getUint32(0);
  return crc === crc32(new Uint8Array(data.buffer, data.byteOffset - 4, data.length + 4));
}

function textOf(chunk: Chunk, at: number): string | null {
  const { type, data } = chunk;
  if (data.length > LARGEST_CHUNK || !isWhole(chunk)) return null;
  let body = data.subarray(at);
  let isCompressed = type === "zTXt";
  if (type === "zTXt") body = body.subarray(1);
  if (type === "iTXt") {
    isCompressed = body[0] === 1;
    if (body[0]! > 1 || body[1] !== 0) return null;
    const language = body.indexOf(0, 2);
    const translated = language < 0 ? -1 : body.indexOf(0, language + 1);
    if (translated < 0) return null;
    body = body.subarray(translated + 1);
  }
  const bytes = isCompressed ? inflateBounded(body, LARGEST_TEXT, "zlib") : body;
  if (!bytes) return null;
  try {
    return type === "iTXt" ? new TextDecoder("utf-8", { fatal: true }).decode(bytes) : latin1(bytes);
  } catch {
    return null;
  }
}

function chunkBytes(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(bytesOf(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** As PNG, zip and Ethernet compute it. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
