/** A formula of several statements, one a line: the inspector is narrower than a page. */

/** Split where the author left a wide gap (`\\quad`, `\\qquad`) outside of braces and of `\\left … \\right`. */
export function formulaLines(latex: string): readonly string[] {
  const lines: string[] = [];
  let depth = 0;
  let start = 0;
  for (const match of latex.matchAll(/\\qquad(?![a-zA-Z])|\\quad(?![a-zA-Z])|\\left(?![a-zA-Z])|\\right(?![a-zA-Z])|\\[{}]|[{}]/g)) {
    const [sign] = match;
    if (sign === "{" || sign === "\\left") depth++;
    else if (sign === "}" || sign === "\\right") depth--;
    else if (depth === 0 && sign.endsWith("quad")) {
      lines.push(latex.slice(start, match.index));
      start = match.index + sign.length;
    }
  }
  lines.push(latex.slice(start));
  return lines.map((line) => uprightWords(line.trim())).filter((line) => line !== "");
}

/** `J_{style}`: an index that is a word is set as one, not as a product of letters. */
const uprightWords = (latex: string): string => latex.replace(/_\{([A-Za-z]{3,})\}/g, String.raw`_{\text{$1}}`);
