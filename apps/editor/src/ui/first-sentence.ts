/** The first sentence of a paragraph, for lists where all of it is too much. */
export function firstSentence(text: string): string {
  // A full stop inside `e.g.` or `0.6` is followed by no space and capital letter.
  const end = /[.?!](?=\s+[\p{Lu}“"(])/u.exec(text);
  return end ? text.slice(0, end.index + 1) : text;
}
