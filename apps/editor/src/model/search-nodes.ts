/** Finds node types by the words that people use for them: title, type, synonyms, documentation, and near misses. */
import type { NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { knownWords, words } from "./node-words.ts";
import { createIndex, scoreWords, type WordIndex } from "./word-search.ts";

let indexes = new WeakMap<NodeDeclaration, WordIndex>();
let madeWith: unknown = null;

function indexOf(declaration: NodeDeclaration): WordIndex {
  if (knownWords() !== madeWith) [indexes, madeWith] = [new WeakMap(), knownWords()];
  let index = indexes.get(declaration);
  if (!index) {
    const { title, type, synonyms = [], group, doc, inputs, outputs, params } = declaration;
    const details = [...inputs, ...outputs, ...params].flatMap((thing) => [thing.name, thing.title ?? ""]);
    indexes.set(declaration, (index = createIndex([[1, [title, type.replace(/([a-z])([A-Z0-9])/g, "$1 $2"), type]], [0.8, synonyms], [0.45, [group]], [0.3, [words(doc)]], [0.25, details]])));
  }
  return index;
}

/** Best first; of equal ones in the registry's order. All of them for an empty query. */
export function searchNodes<D extends NodeDeclaration>(registry: Pick<NodeRegistry<D>, "declarations">, query: string): readonly D[] {
  if (query.trim() === "") return registry.declarations;
  return rankNodes(registry.declarations, query).map((found) => found.declaration);
}

/** Far behind the best there are only words of the documentation that happen to be alike. */
const FAR_BEHIND = 0.14;

export function rankNodes<D extends NodeDeclaration>(declarations: readonly D[], query: string): { declaration: D; score: number }[] {
  const found = declarations.map((declaration) => ({ declaration, score: scoreWords(indexOf(declaration), query) })).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const least = (found[0]?.score ?? 0) * FAR_BEHIND;
  return found.filter(({ score }) => score >= least);
}
