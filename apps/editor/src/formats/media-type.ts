/** Media types, told from the first bytes before the ending of a name. */

const BY_ENDING: { readonly [ending: string]: string } = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", csv: "text/csv", json: "application/json", gallery: "application/json", onnx: "application/octet-stream" };

export function mediaType(bytes: Uint8Array, name: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "image/jpeg";
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return "image/png";
  if (bytes[0] === 0x52 && bytes[1] === 0x49 && bytes[8] === 0x57 && bytes[9] === 0x45) return "image/webp";
  return BY_ENDING[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream";
}

export function dataUrl(bytes: Uint8Array, name: string): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return `data:${mediaType(bytes, name)};base64,${btoa(parts.join(""))}`;
}
