/** Gives something to the person: as a file, or on the clipboard. */

export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // Some browsers read it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that every file system takes. */
export const fileName = (text: string, ending: string): string => `${text.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "") || "value"}.${ending}`;

/** Throws where the browser refuses. The promise is handed on unopened: Safari allows that only within the click. */
export const copyPicture = (png: Promise<Blob>): Promise<void> => navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
