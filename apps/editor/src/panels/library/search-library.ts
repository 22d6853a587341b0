/** Finds node types by the words of their titles, synonyms and documentation. */
import type { NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { LibraryEntry } from "./library-entries.ts";

const plain = (text: string): string => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const startsWord = (text: string, word: string): boolean => new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u").test(text);

function place(node: RunnableNode, word: string): { rank: number; because?: string } | null {
  const title = plain(node.title);
  if (title.startsWith(word)) return { rank: 0 };
  if (startsWord(title, word)) return { rank: 1 };
  const synonym = node.synonyms?.find((s) => startsWord(plain(s), word));
  if (synonym) return { rank: 2, because: synonym };
  if (title.includes(word)) return { rank: 3 };
  if (startsWord(plain(node.group), word)) return { rank: 4, because: node.group };
  if (word.length > 2 && startsWord(plain(node.doc), word)) return { rank: 5, because: "its documentation" };
  return null;
}

/** Best first; every word must be found. */
export function searchLibrary(registry: NodeRegistry<RunnableNode>, query: string): readonly LibraryEntry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found: { rank: number; entry: LibraryEntry }[] = [];
  for (const node of registry.declarations) {
    const places = words.map((word) => place(node, word));
    if (places.includes(null)) continue;
    const because = places.find((p) => p!.because)?.because;
    found.push({ rank: places.reduce((sum, p) => sum + p!.rank, 0), entry: { node, ...(because ? { because } : {}) } });
  }
  return found.sort((a, b) => a.rank - b.rank).map((f) => f.entry);
}
