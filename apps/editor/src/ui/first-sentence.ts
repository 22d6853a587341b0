/** The first sentence of a paragraph, for lists where all of it is too much. */
export function firstSentence(text: string): string {
  // A full stop inside `e.g.` or `0.6` is followed by no space and capital letter.
  const end = /[.?!](?=\s+[\p{Lu}“"(])/u.exec(text);
  return end ? text.slice(0, end.index + 1) : text;
}

/** Its first sentences, as many as fit into so many letters, and one at least. */
export function firstSentences(text: string, most: number): string {
  let taken = firstSentence(text);
  for (;;) {
    const rest = text.slice(taken.length).trimStart();
    const next = firstSentence(rest);
    if (next === "" || taken.length + 1 + next.length > most) return taken;
    taken = text.slice(0, text.length - rest.length + next.length);
  }
}
