/**
 * Takes what explains the nodes — paragraphs, formulas, the help of every parameter — out of the page's scripts: nobody reads it before
 * the page stands. Each text leaves a mark in its place (`model/node-words.ts` reads it), and all of them lie in one file of the site.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync, type Plugin } from "vite";

const LIBRARY = /\/packages\/nodes\/(?:src|dist)\//;
const SOURCES = path.join(import.meta.dirname, "../../../packages/nodes/src");
const EXPLAINS = new Set(["doc", "help", "formula", "source"]);
/** Shorter texts are no larger than their marks. */
const WORTH = 16;

const ADDRESS = "virtual:node-words";

interface Syntax {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** As `model/node-words.ts` reads it. */
const mark = (place: number): string => `\u0001${place.toString(36)}`;

export function wordsApart(): Plugin {
  const places = new Map<string, number>();
  let isBuild = false;
  return {
    name: "patchbay:words-apart",
    enforce: "post",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    buildStart() {
      if (!isBuild) return;
      // All of them before the first module, in an order that depends on the sources alone.
      const files = (readdirSync(SOURCES, { recursive: true }) as string[]).filter((name) => /(?<!\.case|\.test)\.ts$/.test(name)).sort();
      for (const file of files) {
        const code = readFileSync(path.join(SOURCES, file), "utf8");
        for (const { text } of explanations(parseSync(file, code).program as unknown as Syntax)) if (!places.has(text)) places.set(text, places.size);
      }
    },
    resolveId: (id) => (id === ADDRESS ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${ADDRESS}`) return null;
      if (!isBuild) return `export default null;`;
      const file = this.emitFile({ type: "asset", name: "node-words.json", source: JSON.stringify([...places.keys()]) });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    transform(code, id) {
      if (!isBuild || !LIBRARY.test(id)) return null;
      let kept = code;
      const found = explanations(this.parse(code) as unknown as Syntax).filter(({ text }) => places.has(text));
      if (!found.length) return null;
      for (const { text, start, end } of found.reverse()) kept = `${kept.slice(0, start)}${JSON.stringify(mark(places.get(text)!))}${kept.slice(end)}`;
      return { code: kept, map: null };
    },
  };
}

interface Explanation {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** In the order of the text. `source` and `formula` are also other things' properties: they count beside a `doc`. */
function explanations(syntax: unknown, found: Explanation[] = []): Explanation[] {
  if (Array.isArray(syntax)) {
    for (const part of syntax) explanations(part, found);
    return found;
  }
  if (typeof syntax !== "object" || syntax === null) return found;
  const node = syntax as Syntax;
  if (node.type === "ObjectExpression") {
    const named = (node["properties"] as Syntax[]).map((property) => [nameOf(property), property] as const);
    const isDeclared = named.some(([name]) => name === "doc");
    for (const [name, property] of named) {
      const value = property["value"] as Syntax | undefined;
      const text = name !== undefined && value && EXPLAINS.has(name) && (name === "doc" || name === "help" || isDeclared) ? textOf(value) : undefined;
      if (text !== undefined && text.length >= WORTH) found.push({ text, start: value!.start, end: value!.end });
      else explanations(property, found);
    }
    return found;
  }
  for (const key in node) if (key !== "type" && key !== "start" && key !== "end") explanations(node[key], found);
  return found;
}

const nameOf = (property: Syntax): string | undefined => (property.type === "Property" && !property["computed"] && (property["key"] as Syntax).type === "Identifier" ? ((property["key"] as Syntax)["name"] as string) : undefined);

/** Of a literal, or of a template without expressions, raw or not. */
function textOf(value: Syntax): string | undefined {
  if (value.type === "Literal") return typeof value["value"] === "string" ? value["value"] : undefined;
  const isRaw = value.type === "TaggedTemplateExpression";
  const template = isRaw ? (value["quasi"] as Syntax) : value;
  if (template.type !== "TemplateLiteral" || (template["expressions"] as unknown[]).length) return undefined;
  const [quasi] = template["quasis"] as { value: { raw: string; cooked: string } }[];
  return isRaw ? quasi!.value.raw : quasi!.value.cooked;
}
