/** Scores texts against what somebody types: whole words before beginnings before middles, and one or two slips of the finger. */

/** Words with what a match in them is worth, and whole phrases. */
export interface WordIndex {
  readonly words: readonly { readonly word: string; readonly weight: number }[];
  readonly phrases: readonly { readonly phrase: string; readonly weight: number }[];
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const split = (text: string): string[] => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Pairs of a weight and texts. */
export function createIndex(fields: readonly (readonly [weight: number, texts: readonly string[]])[]): WordIndex {
  const words = new Map<string, number>();
  for (const [weight, texts] of fields) for (const text of texts) for (const word of split(text)) words.set(word, Math.max(weight, words.get(word) ?? 0));
  const phrases = fields.filter(([weight]) => weight >= 0.7).flatMap(([weight, texts]) => texts.filter(Boolean).map((text) => ({ phrase: split(text).join(" "), weight })));
  return { words: [...words].map(([word, weight]) => ({ word, weight })), phrases };
}

/** 0: some word of the query is nowhere in it. */
export function scoreWords(index: WordIndex, query: string): number {
  const asked = split(query);
  if (asked.length === 0) return 0;
  let total = 0;
  for (const word of asked) {
    let best = 0;
    for (const { word: there, weight } of index.words) best = Math.max(best, weight * wordMatch(word, there));
    if (best === 0) return joined(index, asked);
    total += best;
  }
  return total / asked.length + phraseBonus(index, asked.join(" "));
}

/** “pixelopt” for “pixel optimizer”: words typed without what stands between them. */
function joined(index: WordIndex, asked: readonly string[]): number {
  const all = asked.join("");
  let best = 0;
  for (const { phrase, weight } of index.phrases) {
    const close = phrase.replaceAll(" ", "");
    if (all.length > 2 && close.includes(all)) best = Math.max(best, weight * 0.7);
    else if (all.length > 1 && initials(phrase).startsWith(all)) best = Math.max(best, weight * 0.6);
  }
  return best;
}

const initials = (phrase: string): string => phrase.split(" ").map((word) => word[0]).join("");

function phraseBonus(index: WordIndex, query: string): number {
  let bonus = 0;
  for (const { phrase, weight } of index.phrases) if (phrase === query) bonus = Math.max(bonus, 2 * weight);
    else if (phrase.startsWith(query)) bonus = Math.max(bonus, weight * (1 + query.length / phrase.length) * 0.5);
  return bonus;
}

/** 1 for the same word, less for a beginning, a middle or a near miss, 0 for another word. */
function wordMatch(asked: string, there: string): number {
  if (asked === there) return 1;
  if (there.startsWith(asked)) return 0.6 + 0.3 * (asked.length / there.length);
  if (asked.length > 2 && there.includes(asked)) return 0.45;
  const allowed = asked.length < 4 ? 0 : asked.length < 7 ? 1 : 2;
  if (allowed === 0) return 0;
  // A beginning may hold a slip too: “optimisr” while “optimiser” is being typed.
  if (slips(asked, there, allowed) <= allowed) return 0.4;
  return there.length > asked.length && slips(asked, there.slice(0, asked.length), 1) <= 1 ? 0.3 : 0;
}

/** Letters to change, add, drop or swap with their neighbour; `most + 1` where it is more than `most`. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
