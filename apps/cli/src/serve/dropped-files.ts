/** Keeps what is dropped on the editor beside the graph, under a name that is free. */
import { mkdir, open, readFile, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { failed } from "../exit.ts";
import { reasonOf } from "../output/atomic-file.ts";

export interface DroppedFiles {
  /** Returns the path relative to the graph's folder, with `/`. Never replaces a file. */
  add(name: string, bytes: Uint8Array): Promise<string>;
  /** Deletes a file that was added before; false for any other. */
  remove(relative: string): Promise<boolean>;
  /** What was added, sorted. */
  paths(): readonly string[];
}

const MOST_FOLDERS = 8;

export function createDroppedFiles(folder: string): DroppedFiles {
  const added = new Set<string>();
  return {
    async add(name, bytes) {
      const [, stem, extension] = /^(.*?)(\.[^./]*)?$/s.exec(plainPath(name))!;
      for (let i = 1; i < 10_000; i++) {
        const relative = `${stem}${i === 1 ? "" : `-${i}`}${extension ?? ""}`;
        const outcome = await writeNew(folder, relative, bytes);
        if (outcome === "taken") continue;
        if (outcome === "written") added.add(relative);
        return relative;
      }
      throw failed(`There are too many files named like ${name} beside the graph.`);
    },
    async remove(relative) {
      if (!added.delete(relative)) return false;
      await rm(path.join(folder, relative), { force: true });
      return true;
    },
    paths: () => [...added].sort(),
  };
}

/** `same`: the file is there already, with these very bytes. */
async function writeNew(folder: string, relative: string, bytes: Uint8Array): Promise<"written" | "same" | "taken"> {
  const target = path.join(folder, relative);
  try {
    if (!(await staysInside(folder, path.dirname(target)))) return "taken";
    await mkdir(path.dirname(target), { recursive: true });
    const file = await open(target, "wx");
    try {
      await file.writeFile(bytes);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return "written";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTDIR") {
      const there = await readFile(target).catch(() => null);
      return there && there.equals(bytes) ? "same" : "taken";
    }
    throw failed(`${relative} could not be written beside the graph: ${reasonOf(error)}.`, error);
  }
}

/** A link among the folders could lead anywhere: the innermost that exists must lie in the graph's folder. */
async function staysInside(folder: string, parent: string): Promise<boolean> {
  const root = await realpath(folder);
  for (let at = parent; ; at = path.dirname(at)) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return real === root || real.startsWith(root + path.sep);
    if (at === path.dirname(at)) return false;
  }
}

/** Without what lists of files use (`,` `=` `#`), what systems refuse, and empty, hidden or upward steps. */
function plainPath(name: string): string {
  const steps = name
    .replaceAll("\\", "/")
    .split("/")
    .map((step) => step.normalize("NFC").replace(/[\p{Cc},=#?%:*"<>|]+/gu, "-").replace(/^[.\s]+|[.\s]+$/g, "").slice(0, 120))
    .filter((step) => step !== "")
    .slice(-MOST_FOLDERS);
  return steps.join("/") || "file";
}
