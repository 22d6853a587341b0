/** Files carried inside the document as `data:` URLs, decoded alike in Node and in browsers. */
import { NodeFailure } from "../node-api/host.ts";

/** A picture of a few megapixels; larger files belong beside the graph. */
const LONGEST = 64 * 1024 * 1024;
const HEADER = /^data:([^,;]*)((?:;[^,;]*)*),/i;

export const isDataUrl = (reference: string): boolean => /^data:/i.test(reference);

/** The bytes and the media type of a `data:` URL. Throws NodeFailure `damaged-data-url` or `file-too-large`. */
export function decodeDataUrl(reference: string): { bytes: Uint8Array; mediaType: string } {
  if (reference.length > LONGEST) throw new NodeFailure("file-too-large", `A data: URL has ${Math.round(reference.length / 1024 / 1024)} MB; at most ${LONGEST / 1024 / 1024} MB are read. Save it as a file beside the graph.`);
  // The header is short; a pattern is never run over the whole text.
  const comma = reference.indexOf(",");
  const header = comma < 0 || comma > 1024 ? null : HEADER.exec(reference.slice(0, comma + 1));
  if (!header) throw damaged("it has no comma after its media type");
  const body = reference.slice(comma + 1);
  const base64 = /;\s*base64\s*$/i.test(header[2] ?? "");
  return { bytes: base64 ? fromBase64(body) : fromPercent(body), mediaType: header[1] || "text/plain" };
}

function fromBase64(body: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(body.includes("%") ? decodeURIComponent(body) : body);
  } catch {
    throw damaged("its base64 text is broken");
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Percent escapes stand for bytes, other characters for themselves in UTF-8. */
function fromPercent(body: string): Uint8Array {
  const encoder = new TextEncoder();
  const parts = body.split(/((?:%[0-9a-f]{2})+)/i).map((part, i) => (i % 2 === 0 ? encoder.encode(part) : Uint8Array.from(part.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))));
  const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const damaged = (why: string): NodeFailure => new NodeFailure("damaged-data-url", `A data: URL cannot be read: ${why}.`);
