/**
 * What explains the node types. The site fetches it when the page stands (`build/words-apart.ts`); until then, and nowhere else, a text
 * is a mark that stands for it. Show such texts through `words`, and components through `useWords`, so that they are drawn when they are there.
 */
const MARK = "\u0001";

let known: readonly string[] | null = null;
const listeners = new Set<() => void>();

/** The text itself; nothing while it is under way. */
export const words = (text: string): string => (text.startsWith(MARK) ? (known?.[Number.parseInt(text.slice(1), 36)] ?? "") : text);

export function setNodeWords(texts: readonly string[]): void {
  known = texts;
  for (const tell of listeners) tell();
}

export function followWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Changes when the texts arrive. */
export const knownWords = (): unknown => known;
