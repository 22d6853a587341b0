/** Names of exported files, from titles. */

/** “Face verification” → `face-verification`: fit for every file system and for command lines without quotes. */
export function fileStem(title: string | undefined): string {
  const stem = (title ?? "").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 80);
  return stem || "graph";
}

/** `4.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
