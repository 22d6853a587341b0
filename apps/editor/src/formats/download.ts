/** Hands a file to the person through the browser's downloads. */

export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; revoked at once, some browsers find nothing.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
