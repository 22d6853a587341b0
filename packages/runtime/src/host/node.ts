/** What Node provides to nodes: files within bounds, files of installed packages, and picture codecs. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { NodeFailure, type Host } from "../node-api/host.ts";
import { decodeDataUrl, isDataUrl } from "./data-url.ts";
import { failureOf } from "./file-errors.ts";
import { decodeImage, encodeImage } from "./image-codec.ts";
import { readSize } from "./image-limits.ts";
import { createPackageFiles } from "./package-files.ts";
import { createPathAccess, type AccessOptions } from "./path-access.ts";
import { quoted } from "./path-form.ts";
import { readRegularFile } from "./regular-file.ts";

export { decodeDataUrl, isDataUrl } from "./data-url.ts";
export { imageFormat, imageSize, type ImageFormat, type ImageSize } from "./image-header.ts";
export { MOST_PIXELS } from "./image-limits.ts";
export { LARGEST_FILE } from "./regular-file.ts";

export interface NodeHostOptions extends AccessOptions {
  /** More places from which packages are looked up (files or `file:` URLs), after this module and before the current folder. */
  packagesFrom?: readonly string[];
}

const PACKAGE = /^npm:/i;

/**
 * A host over Node's file system. A graph may read its own folder (`graphFolder`), the single files in `allowFiles`, the folders in
 * `allowRead`, and files of installed packages; everything else is refused with NodeFailure `read-refused`.
 * Creating it reads nothing.
 */
export function createNodeHost(options: NodeHostOptions = {}): Host {
  const access = createPathAccess(options);
  const packages = createPackageFiles([import.meta.url, ...(options.packagesFrom ?? []), path.join(process.cwd(), "package.json")]);
  const locate = (reference: string): Promise<string> => (PACKAGE.test(reference) ? packages.resolve(reference.replace(PACKAGE, "")) : access.resolve(reference));

  return {
    async readAsset(specifier) {
      return readRegularFile(await packages.resolve(specifier.replace(PACKAGE, "")), quoted(specifier));
    },
    async readFile(reference) {
      if (isDataUrl(reference)) return decodeDataUrl(reference).bytes;
      return readRegularFile(await locate(reference), quoted(reference));
    },
    async givenPath(given) {
      if (given === "" || isDataUrl(given) || PACKAGE.test(given)) return given;
      if (given.includes("\0")) throw new NodeFailure("read-refused", `The path ${quoted(given)} holds a NUL character, which no file name can.`);
      const file = path.resolve(given);
      try {
        access.allow((await stat(file)).isDirectory() ? "folder" : "file", file);
      } catch (error) {
        throw failureOf(error, quoted(given));
      }
      return file;
    },
    /** Hidden files are left out: systems scatter them, and no graph means them. */
    async listFolder(reference) {
      const folder = await locate(reference);
      try {
        const entries = await readdir(folder, { withFileTypes: true });
        const names = await Promise.all(
          entries.filter((entry) => !entry.name.startsWith(".")).map(async (entry) => {
            const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await stat(path.join(folder, entry.name)).catch(() => undefined))?.isDirectory());
            return isFolder ? `${entry.name}/` : entry.name;
          }),
        );
        return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOTDIR") throw new NodeFailure("read-refused", `${quoted(reference)} is a file, not a folder.`);
        throw failureOf(error, quoted(reference));
      }
    },
    decodeImage,
    imageSize: async (bytes, name) => readSize(bytes, name),
    encodeImage,
  };
}
