/** The system's errors while a file is read, as sentences that name the file as it was written. */
import { NodeFailure } from "../node-api/host.ts";

const SENTENCES: { readonly [code: string]: (name: string) => string } = {
  EACCES: (name) => `${name} may not be read: the system denies permission.`,
  EPERM: (name) => `${name} may not be read: the system denies permission.`,
  ELOOP: (name) => `${name} is a link that cannot be followed: it leads round in a circle, or changed while it was read.`,
  ENAMETOOLONG: (name) => `The path ${name} is too long for this system.`,
  EISDIR: (name) => `${name} is a folder, not a file.`,
  ENXIO: (name) => `${name} is a device or a pipe, not a file.`,
};

/** A NodeFailure for an error of `node:fs`: `missing-file`, or `read-refused` with the reason. */
export function failureOf(error: unknown, name: string): NodeFailure {
  if (error instanceof NodeFailure) return error;
  const code = (error as NodeJS.ErrnoException)?.code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR") return new NodeFailure("missing-file", `There is no file ${name}.`, { cause: error });
  const sentence = SENTENCES[code]?.(name) ?? `${name} could not be read${code ? ` (${code})` : ""}.`;
  return new NodeFailure("read-refused", sentence, { cause: error });
}
