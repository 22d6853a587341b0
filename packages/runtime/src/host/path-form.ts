/** What a reference to a file looks like, judged before any disk is touched: forms that a graph may never use are refused by name. */

/** Longer than any path that a system accepts; keeps messages and system calls small. */
const LONGEST = 4096;
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/|(?:file|https?|ftp|blob|javascript|node|data|npm):)/i;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** The reference as people read it: quoted, control characters escaped, long ones cut. */
export function quoted(reference: string): string {
  const text = JSON.stringify(reference.length > 120 ? `${reference.slice(0, 119)}…` : reference);
  return text.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Why a path of this form is refused, as a full sentence; `undefined` when its form is fine.
 * Windows forms are refused everywhere, so that a graph means the same on every system; on Windows itself an absolute
 * drive path is left to the check of the folders.
 */
export function refusedForm(reference: string, windows: boolean): string | undefined {
  const name = quoted(reference);
  if (reference === "") return "The path is empty: name a file.";
  if (reference.length > LONGEST) return `The path ${name} is ${reference.length} characters long; at most ${LONGEST} are read.`;
  if (reference.includes("\0")) return `The path ${name} holds a NUL character, which no file name can.`;
  if (/^https?:/i.test(reference)) return `${name} is a web address. Graphs read no network: download the file and name its path.`;
  if (SCHEME.test(reference)) return `${name} is a URL. Write the path itself, relative to the graph, without "${reference.slice(0, reference.indexOf(":") + 1)}".`;
  if (/^[\\/]{2}/.test(reference)) return `${name} is a network or device path, which graphs may not read. Copy the file into the graph's folder.`;
  if (!windows && /^[a-z]:/i.test(reference)) return `${name} is a Windows drive path. Write the path relative to the graph.`;
  if (windows && /^[a-z]:(?![\\/])/i.test(reference)) return `${name} depends on a drive's current folder. Write the path relative to the graph.`;
  if (!windows && reference.includes("\\")) return `${name} is written with "\\". Write "/" between folders, on every system.`;
  if (windows) {
    const parts = reference.replace(/^[a-z]:/i, "").split(/[\\/]/);
    if (parts.some((part) => part.includes(":"))) return `${name} names a stream inside a file, which graphs may not read.`;
    const device = parts.find((part) => WINDOWS_DEVICE.test(part));
    if (device !== undefined) return `${name} names the device ${device}, which graphs may not read.`;
  }
  return undefined;
}
