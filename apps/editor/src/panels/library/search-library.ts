/** What the library shows for a query: what `searchNodes` finds, with the word by which it was found where the title does not say it. */
import type { NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { searchNodes } from "../../model/search-nodes.ts";
import type { LibraryEntry } from "./library-entries.ts";

const plain = (text: string): string => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const beginsAWord = (text: string, word: string): boolean => plain(text).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word));

/** Undefined where the title, or no single word, explains it. */
export function whyFound(node: NodeDeclaration, query: string): string | undefined {
  const words = plain(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const missing = words.find((word) => !beginsAWord(node.title, word));
  if (missing === undefined) return undefined;
  const all = plain(query).trim();
  return node.synonyms?.find((s) => plain(s).startsWith(all)) ?? node.synonyms?.find((s) => beginsAWord(s, missing)) ?? (beginsAWord(node.group, missing) ? node.group : undefined);
}

export const searchLibrary = (registry: NodeRegistry<RunnableNode>, query: string): readonly LibraryEntry[] =>
  searchNodes(registry, query).map((node) => {
    const because = whyFound(node, query);
    return because === undefined ? { node } : { node, because };
  });
