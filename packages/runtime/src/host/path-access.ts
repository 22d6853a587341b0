/** Which paths a graph may read: its own folder, files the caller named, and folders the caller allowed. Nothing else. */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { NodeFailure } from "../node-api/host.ts";
import { failureOf } from "./file-errors.ts";
import { quoted, refusedForm } from "./path-form.ts";

export interface AccessOptions {
  /** The folder of the graph's file. Absent: the graph came as text, and has no folder of its own. */
  graphFolder?: string;
  /** Folders that may be read, with everything below them. */
  allowRead?: readonly string[];
  /** Single files that may be read, wherever they lie (those given on the command line). */
  allowFiles?: readonly string[];
}

export interface PathAccess {
  /** The real path behind a reference, links resolved. Throws NodeFailure `read-refused` or `missing-file`. */
  resolve(reference: string): Promise<string>;
  /** From now on this file may be read, or this folder with everything below it. */
  allow(kind: "file" | "folder", file: string): void;
}

/** Whether `file` is `folder` or lies below it; both absolute and normalised. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

const realOrNothing = (file: string): Promise<string | undefined> => realpath(file).catch(() => undefined);

export function createPathAccess(options: AccessOptions): PathAccess {
  const graphFolder = options.graphFolder === undefined ? undefined : path.resolve(options.graphFolder);
  const roots = [...(graphFolder === undefined ? [] : [graphFolder]), ...(options.allowRead ?? []).map((folder) => path.resolve(folder))];
  const files = new Set((options.allowFiles ?? []).map((file) => path.resolve(file)));
  // Real paths are looked up when something is first read: creating a host touches no disk.
  let reals: Promise<{ roots: string[]; files: Set<string> }> | undefined;
  const realOnes = () =>
    (reals ??= (async () => ({
      roots: (await Promise.all(roots.map(realOrNothing))).filter((root) => root !== undefined),
      files: new Set((await Promise.all([...files].map(realOrNothing))).filter((file) => file !== undefined)),
    }))());

  return {
    allow(kind, file) {
      if (kind === "file") files.add(path.resolve(file));
      else roots.push(path.resolve(file));
      reals = undefined;
    },
    async resolve(reference) {
      if (typeof reference !== "string") throw new NodeFailure("read-refused", "A file is named by a text.");
      const given = !reference.includes("\0") && path.isAbsolute(reference) && files.has(path.resolve(reference));
      const refused = given ? undefined : refusedForm(reference, path.sep === "\\");
      if (refused !== undefined) throw new NodeFailure("read-refused", refused);
      if (graphFolder === undefined && !path.isAbsolute(reference)) {
        throw new NodeFailure("read-refused", `${quoted(reference)} is relative to the graph's folder, but this graph was not read from a file, so it has none.`);
      }
      const file = graphFolder === undefined ? path.resolve(reference) : path.resolve(graphFolder, reference);
      // Judged as written first: whether a file outside exists is nobody's business.
      if (!given && !files.has(file) && !roots.some((root) => isInside(root, file))) {
        throw new NodeFailure("read-refused", `${quoted(reference)} lies outside the graph's folder. ${howToAllow(file)}`);
      }
      let real: string;
      try {
        real = await realpath(file);
      } catch (error) {
        throw failureOf(error, quoted(reference));
      }
      if (given || files.has(file)) return real;
      const allowed = await realOnes();
      if (allowed.files.has(real) || allowed.roots.some((root) => isInside(root, real))) return real;
      throw new NodeFailure("read-refused", `${quoted(reference)} is a link that leads outside the graph's folder. ${howToAllow(real)}`);
    },
  };
}

const howToAllow = (file: string): string =>
  `A graph reads only its own folder: move the file there, give it on the command line, or allow its folder with --allow-read ${shellWord(path.dirname(file))}.`;

/** The folder as it can be pasted into a shell. */
const shellWord = (text: string): string => (/^[\w@%+=:,./\\-]+$/.test(text) ? text : /[\p{Cc}]/u.test(text) ? quoted(text) : `'${text.replaceAll("'", `'\\''`)}'`);
