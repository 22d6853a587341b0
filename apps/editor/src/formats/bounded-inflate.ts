/** Decompression of data of unknown origin: it ends at a limit, however small what was sent is. */
import { Inflate, Unzlib } from "fflate";

/** So little is decompressed at a time that even the densest data stays small. */
const SLICE = 16_384;

/** Null where it is damaged or gives more than `limit` bytes. */
export function inflateBounded(data: Uint8Array, limit: number, format: "zlib" | "raw"): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const stream = format === "zlib" ? new Unzlib() : new Inflate();
  stream.ondata = (part, final) => {
    size += part.length;
    parts.push(part);
    isWhole ||= final;
  };
  try {
    for (let at = 0; at < data.length; at += SLICE) {
      stream.push(data.subarray(at, at + SLICE), at + SLICE >= data.length);
      if (size > limit) return null;
    }
  } catch {
    return null;
  }
  if (!isWhole) return null;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
