/** One graph file on disk that the editor reads and writes: replaced whole, only when it differs, never over somebody else's change. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeWhole } from "../output/atomic-file.ts";

export interface GraphText {
  readonly text: string;
  /** Names this content; empty while there is no file. */
  readonly tag: string;
}

export type Written = { readonly kind: "written"; readonly tag: string } | { readonly kind: "conflict"; readonly current: GraphText };

export interface GraphFile {
  read(): Promise<GraphText>;
  /** Replaces the content named by `tag`; any content when it is null. Throws when the disk refuses. */
  write(text: string, tag: string | null): Promise<Written>;
}

const tagOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

export function createGraphFile(file: string): GraphFile {
  let last: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<GraphText> => {
    try {
      const text = await readFile(file, "utf8");
      return { text, tag: tagOf(text) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { text: "", tag: "" };
      throw error;
    }
  };
  return {
    read,
    write(text, tag) {
      // One after another: between comparing and replacing no other write of ours may come.
      const written = last.then(async (): Promise<Written> => {
        const current = await read();
        if (tag !== null && current.tag !== tag && current.text !== text) return { kind: "conflict", current };
        if (current.text !== text) await writeWhole(file, text);
        return { kind: "written", tag: tagOf(text) };
      });
      last = written.catch(() => {});
      return written;
    },
  };
}
