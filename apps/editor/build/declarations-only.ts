/**
 * Keeps of the node library what the page needs: declarations and types. How nodes compute and read files — lowering, networks, image codecs —
 * is the worker's business and would only make the first visit wait.
 */
import type { Plugin } from "vite";

/** Of node declarations, of the pattern painter's kinds and of networks. */
const COMPUTES = new Set(["lower", "evaluate", "prepare", "optimise", "train", "feed", "paint", "load", "describeFile"]);
const LIBRARY = /\/packages\/nodes\/(?:src|dist)\//;

const ELSEWHERE = "virtual:computed-elsewhere";

interface Syntax {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export const declarationsOnly = (): Plugin => ({
  name: "patchbay:declarations-only",
  apply: "build",
  // After the types are gone.
  enforce: "post",
  resolveId: (id) => (id === ELSEWHERE ? `\0${id}` : null),
  load: (id) => (id === `\0${ELSEWHERE}` ? `export function computedElsewhere() { throw new Error("Nodes compute in the engine's worker."); }` : null),
  transform(code, id) {
    if (!LIBRARY.test(id) || !/\b(?:lower|evaluate|prepare|optimise|train|feed|paint|load|describeFile)\b/.test(code)) return null;
    const places: Syntax[] = [];
    collect(this.parse(code) as unknown as Syntax, places);
    if (!places.length) return null;
    let kept = code;
    // Whether a node computes can still be asked; what cannot happen on the page says so.
    for (const { start, end, key } of places.sort((a, b) => b.start - a.start)) kept = `${kept.slice(0, start)}${(key as { name: string }).name}: computedElsewhere${kept.slice(end)}`;
    return { code: `import { computedElsewhere } from "${ELSEWHERE}";\n${kept}`, map: null };
  },
});

/** Properties with these names in object literals: in the node library, nothing but declarations has them. */
function collect(syntax: unknown, places: Syntax[]): void {
  if (Array.isArray(syntax)) return syntax.forEach((part) => collect(part, places));
  if (typeof syntax !== "object" || syntax === null) return;
  const node = syntax as Syntax;
  if (node.type === "Property" && (node["key"] as Syntax).type === "Identifier" && !node["computed"] && COMPUTES.has((node["key"] as unknown as { name: string }).name)) {
    places.push(node);
    return;
  }
  // A pattern such as `({ lower }) => …` takes apart, it declares nothing.
  if (node.type === "ObjectPattern") return;
  for (const key in node) if (key !== "type" && key !== "start" && key !== "end") collect(node[key], places);
}
