/** The generated node reference as a page of the site, to which the inspector links: `docs/nodes.html#facedetector`. */
import { readFile } from "node:fs/promises";
import { renderToString } from "katex";
import { Marked, type Token } from "marked";
import type { Plugin } from "vite";
import { fixedFiles } from "./fixed-files.ts";

const MARKDOWN = new URL("../../../docs/nodes.md", import.meta.url);
const TOKENS = new URL("../src/styles/tokens.css", import.meta.url);
const STYLE = new URL("node-reference-page.css", import.meta.url);

export const nodeReferencePage = (): Plugin => fixedFiles("node-reference", async () => [{ path: "docs/nodes.html", read: renderPage }]);

async function renderPage(): Promise<string> {
  const [markdown, tokens, style] = await Promise.all([MARKDOWN, TOKENS, STYLE].map((file) => readFile(file, "utf8")));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Node reference – Patchbay</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<style>${tokens}${style}</style>
</head>
<body class="pb-root"><main>
${toHtml(markdown!)}
</main></body>
</html>
`;
}

function toHtml(markdown: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${text.toLowerCase().replace(/[^\w]+/g, "-")}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      table(token) {
        const row = (cells: readonly { tokens: Token[] }[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("")}</tr>`;
        return `<div class="table" tabindex="0"><table><thead>${row(token.header, "th")}</thead><tbody>${token.rows.map((cells) => row(cells, "td")).join("")}</tbody></table></div>\n`;
      },
    },
    extensions: [
      {
        name: "formula",
        level: "block",
        start: (source) => /^\$\$$/m.exec(source)?.index,
        tokenizer(source) {
          const match = /^\$\$\n([^]+?)\n\$\$(?:\n|$)/.exec(source);
          return match ? { type: "formula", raw: match[0], tex: match[1]! } : undefined;
        },
        // MathML needs neither fonts nor a style sheet, and screen readers know it.
        renderer: (token) => `<div class="formula" tabindex="0">${renderToString(token["tex"] as string, { displayMode: true, output: "mathml" })}</div>\n`,
      },
    ],
  });
  return (marked.parse(markdown) as string).replace(/<p>Generated from the declarations[^]*?<\/p>\n/, "<p>What every node takes, gives and can be set to.</p>\n");
}
