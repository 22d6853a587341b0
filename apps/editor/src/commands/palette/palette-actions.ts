/** What the command palette can do: every command that can be run now, and with words typed also nodes to add, nodes to go to and examples to open. */
import type { GraphBody, Scope } from "@patchbay/graph-core";
import type { EditorParts } from "../../app/editor-parts.ts";
import { openExample } from "../../examples/open-example.ts";
import { rankNodes } from "../../model/search-nodes.ts";
import { createIndex, scoreWords, type WordIndex } from "../../model/word-search.ts";
import { addNode } from "../../model/edits/add-node.ts";
import { freePlace } from "../../panels/library/free-place.ts";
import { canvasView } from "../canvas-view.ts";
import type { Command } from "../command.ts";
import { commands, isEnabled, keysText, runCommand } from "../commands.ts";
import { bodyOf, edit, nodeTitle, stateOf } from "../shown.ts";

export interface PaletteAction {
  readonly key: string;
  readonly group: string;
  /** A command's own group, also where it stands under another heading. */
  readonly kind: Command["group"] | "add" | "go" | "example";
  /** Its id. */
  readonly command?: string;
  readonly title: string;
  readonly keys?: string | undefined;
  /** What stands at the right in fainter letters. */
  readonly side?: string;
  run(): void;
}

const MOST_OF_A_KIND = 12;
/** What matches so much worse than the best is there by chance. */
const FAR_BEHIND = 0.22;
const indexes = new WeakMap<Command, WordIndex>();

function scoreOf(command: Command, query: string): number {
  let index = indexes.get(command);
  if (!index) indexes.set(command, (index = createIndex([[1, [command.title, command.id]], [0.8, command.synonyms ?? []], [0.4, [command.group]]])));
  return scoreWords(index, query);
}

export function paletteActions(parts: EditorParts, query: string, recent: readonly string[]): readonly PaletteAction[] {
  const enabled = commands.filter((command) => command.id !== "command-palette" && isEnabled(command, parts));
  const action = (command: Command, group: string): PaletteAction => ({ key: `${group} ${command.id}`, group, kind: command.group, command: command.id, title: command.title, keys: keysText(command), run: () => void runCommand(command, parts) });
  if (query.trim() === "") {
    const before = recent.flatMap((id) => enabled.filter((command) => command.id === id));
    return [...before.map((command) => action(command, "Used last")), ...enabled.filter((command) => !before.includes(command)).map((command) => action(command, command.group))];
  }
  const found: { score: number; action: PaletteAction }[] = [];
  const take = (list: { score: number; action: PaletteAction }[]): void => void found.push(...list.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, MOST_OF_A_KIND));
  take(enabled.map((command) => ({ score: scoreOf(command, query), action: action(command, "Commands") })));
  // “add dense”, “go to dense” and “open example” lead there too.
  const [verb, rest] = withoutVerb(query);
  if (verb !== "go" && verb !== "open" && stateOf(parts).readOnly === null)
    take(rankNodes(parts.editor.registry.declarations, rest).map(({ declaration, score }) => ({ score, action: { key: `add ${declaration.type}`, group: "Add node", kind: "add", title: `Add ${declaration.title}`, side: declaration.group, run: () => addInMiddle(parts, declaration.type) } })));
  if (verb !== "add" && verb !== "open") take(goTo(parts, rest));
  if (verb !== "add" && verb !== "go")
    take((parts.examples ?? []).map((example) => ({ score: rest === "" ? 1 : scoreWords(createIndex([[1, [example.title, "example"]], [0.3, [example.description]]]), rest), action: { key: `example ${example.name}`, group: "Open example", kind: "example", title: example.title, run: () => void openExample(parts, example) } })));
  const best = new Map<string, number>();
  for (const { score, action: { group } } of found) best.set(group, Math.max(score, best.get(group) ?? 0));
  const least = Math.max(0, ...best.values()) * FAR_BEHIND;
  // The group with the best hit first; inside a group the order stays.
  return found.filter(({ score }) => score >= least).sort((a, b) => best.get(b.action.group)! - best.get(a.action.group)! || (a.action.group === b.action.group ? b.score - a.score : 0)).map(({ action }) => action);
}

function withoutVerb(query: string): [verb: "add" | "go" | "open" | null, rest: string] {
  const match = /^\s*(add(?:\s+node)?|go(?:\s+to)?(?:\s+node)?|open(?:\s+example)?)\s+(.*)$/i.exec(query);
  return match ? [match[1]!.toLowerCase().split(/\s/)[0] as "add" | "go" | "open", match[2]!] : [null, query];
}

function goTo(parts: EditorParts, query: string): { score: number; action: PaletteAction }[] {
  const { editor } = parts;
  const places: { score: number; action: PaletteAction }[] = [];
  const walk = (body: GraphBody, scope: Scope, path: string): void => {
    for (const node of body.nodes) {
      const title = nodeTitle(parts, node);
      const score = scoreWords(createIndex([[1, [title, node.id]], [0.6, [node.type]]]), query) * 0.95;
      const run = (): void => {
        if (scope.join("/") !== stateOf(parts).scope.join("/")) editor.enter(scope);
        editor.select({ nodes: [node.id] });
        editor.look({ kind: "node", id: node.id });
      };
      places.push({ score, action: { key: `go ${path}${node.id}`, group: "Go to node", kind: "go", title, side: path + node.id, run } });
      if (node.graph) walk(node.graph, [...scope, node.id], `${path}${node.id}/`);
    }
  };
  walk(stateOf(parts).history.document, [], "");
  return places;
}

function addInMiddle(parts: EditorParts, type: string): void {
  const declaration = parts.editor.registry.get(type)!;
  const { x, y } = canvasView(parts.editor).middle();
  const made = addNode(bodyOf(parts), declaration, freePlace({ x: x - 124, y: y - 60 }, bodyOf(parts).nodes.map((node) => node.position)));
  edit(parts, made.changes, `Add ${declaration.title}`);
  parts.editor.select({ nodes: [made.id] });
}
