/** The few pieces of SVG that the drawings of the docs are made of: escaped text, its width, and the card behind everything. */

export const SANS = "Inter,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif";
/** Every face in this list is 0.60–0.61 em wide, so that a label's width is known without measuring it. */
export const MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** One card for light and dark pages: an image cannot know the page it is on. */
export const INK = { card: "#11161f", edge: "#2b3444", panel: "#1b2230", line: "#3a465a", text: "#e8edf5", soft: "#a9b4c4", faint: "#7d899b", good: "#4cc38a", bad: "#f0716a", accent: "#f2b632" } as const;

export const escapeText = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const num = (x: number): string => String(Math.round(x * 10) / 10);

/** Rather too wide than too narrow: which font a reader has is not known. */
export const sansWidth = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, c) => sum + (/[ijl.,:;'|!]/.test(c) ? 0.36 : /[mwMW@%]/.test(c) ? 0.98 : /[A-Z×−→]/.test(c) ? 0.74 : 0.6), 0) * size * (bold ? 1.08 : 1);

export const monoWidth = (text: string, size: number): number => [...text].length * size * 0.61;

export interface TextStyle {
  size?: number;
  fill?: string;
  weight?: number;
  anchor?: "start" | "middle" | "end";
  mono?: boolean;
  italic?: boolean;
}

export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 13, fill = INK.text, weight, anchor, mono, italic } = style;
  const more = `${weight ? ` font-weight="${weight}"` : ""}${anchor && anchor !== "start" ? ` text-anchor="${anchor}"` : ""}${mono ? ` font-family="${MONO}"` : ""}${italic ? ' font-style="italic"' : ""}`;
  return `<text x="${num(x)}" y="${num(y)}" font-size="${size}" fill="${fill}"${more}>${escapeText(content)}</text>`;
}

export function rect(x: number, y: number, width: number, height: number, radius: number, fill: string, edge?: string, more = ""): string {
  return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="${radius}" fill="${fill}"${edge ? ` stroke="${edge}"` : ""}${more && ` ${more}`}/>`;
}

/** Words onto lines no wider than `width`. */
export function wrap(content: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && sansWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Cut to a width, with an ellipsis where something is missing. */
export function fit(content: string, width: number, size: number): string {
  if (monoWidth(content, size) <= width) return content;
  return `${[...content].slice(0, Math.max(1, Math.floor(width / (size * 0.61)) - 1)).join("")}…`;
}

/** A whole drawing on its card; `title` is what is read out where it cannot be seen. */
export function card(width: number, height: number, title: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${num(width)} ${num(height)}" width="${num(width)}" height="${num(height)}" font-family="${SANS}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    rect(0.5, 0.5, width - 1, height - 1, 12, INK.card, INK.edge),
    ...body,
    "</svg>",
    "",
  ].join("\n");
}
