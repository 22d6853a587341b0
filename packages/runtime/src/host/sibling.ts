/** Files that another file names, such as the shards of a model: they lie beside it. */
import { NodeFailure } from "../node-api/host.ts";

/**
 * The reference of `name` in the folder of `reference`. Throws NodeFailure `file-refused` for names that lead elsewhere, and
 * where the file has no folder (embedded or handed over as bytes).
 */
export function siblingOf(reference: string, name: string): string {
  if (reference === "" || /^(data|given):/.test(reference)) throw new NodeFailure("file-refused", `This file names another one, “${name}”, which must lie beside it: give the model by its path.`);
  if (name === "" || /[\\:\0]/.test(name) || name.startsWith("/") || name.split("/").includes("..")) throw new NodeFailure("file-refused", `The file names “${name}”, which does not lie beside it.`);
  return reference.slice(0, reference.lastIndexOf("/") + 1) + name;
}
