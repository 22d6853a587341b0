/** Names under which dropped files are kept: fit for the lists of files that graphs hold, and unique. */

/** A path without what lists of files use (`,` `=` `#`), without empty, hidden or upward steps. */
export function plainPath(name: string): string {
  const steps = name
    .replace(/\\/g, "/")
    .split("/")
    .map((step) => step.normalize("NFC").replace(/[\p{Cc},=#?%:*"<>|]+/gu, "-").replace(/^[.\s]+|\s+$/g, ""))
    .filter((step) => step !== "");
  return steps.join("/") || "file";
}

/** The path itself, or with the smallest number that makes it free: `photo-2.jpg`. */
export function freePath(name: string, isTaken: (path: string) => boolean): string {
  const path = plainPath(name);
  if (!isTaken(path)) return path;
  const [, stem, extension] = /^(.*?)(\.[^./]*)?$/.exec(path)!;
  for (let i = 2; ; i++) {
    const candidate = `${stem}-${i}${extension ?? ""}`;
    if (!isTaken(candidate)) return candidate;
  }
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
