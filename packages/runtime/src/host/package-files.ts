/** Files of installed npm packages: networks and sample pictures that arrive by `npm install`. */
import { realpath, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { NodeFailure } from "../node-api/host.ts";
import { failureOf } from "./file-errors.ts";
import { isInside } from "./path-access.ts";
import { packagePath } from "./package-path.ts";
import { quoted } from "./path-form.ts";

export interface PackageFiles {
  /** The real path of `package/inner/path`. Throws NodeFailure `missing-package`, `missing-file` or `read-refused`. */
  resolve(specifier: string): Promise<string>;
}

/** `bases`: file paths or `file:` URLs from which packages are looked up, in order, as Node would from there. */
export function createPackageFiles(bases: readonly string[]): PackageFiles {
  const folders = new Map<string, Promise<string | undefined>>();
  return {
    async resolve(specifier) {
      const { name, inner } = packagePath(specifier);
      let folder = folders.get(name);
      if (!folder) folders.set(name, (folder = findPackage(name, bases)));
      const root = await folder;
      if (root === undefined) {
        folders.delete(name); // It may be installed while a long-lived program runs.
        throw new NodeFailure("missing-package", `${quoted(specifier)} belongs to the package ${name}, which is not installed. Install it with: npm install ${name}`);
      }
      let real: string;
      try {
        real = await realpath(path.join(root, ...inner));
      } catch (error) {
        const failure = failureOf(error, quoted(specifier));
        if (failure.code !== "missing-file") throw failure;
        throw new NodeFailure("missing-file", `The package ${name}${await versionOf(root)} holds no file ${quoted(inner.join("/"))}.`, { cause: error });
      }
      if (!isInside(root, real)) throw new NodeFailure("read-refused", `${quoted(specifier)} is a link that leads outside the package ${name}.`);
      return real;
    },
  };
}

async function findPackage(name: string, bases: readonly string[]): Promise<string | undefined> {
  for (const base of bases) {
    const require = createRequire(base);
    // The folders are walked by hand because a package's "exports" hides its data files from resolution.
    for (const modules of require.resolve.paths(name) ?? []) {
      if (path.basename(modules) !== "node_modules") continue;
      const root = await realpath(path.join(modules, name)).catch(() => undefined);
      if (root !== undefined && (await readFile(path.join(root, "package.json")).catch(() => undefined))) return root;
    }
    try {
      return await realpath(path.dirname(require.resolve(`${name}/package.json`))); // Where there are no node_modules folders.
    } catch {
      // Not found from here; the next base may know it.
    }
  }
  return undefined;
}

async function versionOf(root: string): Promise<string> {
  try {
    const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { version?: unknown };
    return typeof version === "string" ? ` ${version}` : "";
  } catch {
    return "";
  }
}
