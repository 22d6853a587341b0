/** Computes, and stops computing. */
import { flatId, prefixOf } from "../model/document-view.ts";
import type { EditorParts } from "../app/editor-parts.ts";
import { declaredNode } from "../model/declared-node.ts";
import type { Command } from "./command.ts";
import { hasNodes, onlyNode, onlyWire, selectionOf, stateOf } from "./shown.ts";

const idle = (parts: EditorParts): boolean => stateOf(parts).run.phase === "idle";
const chosen = (parts: EditorParts): string[] => [...selectionOf(parts).nodes].map((id) => flatId(stateOf(parts).scope, id));

export const runCommands: readonly Command[] = [
  { id: "run", title: "Run", group: "Run", keys: ["$mod+Enter"], inFields: true, synonyms: ["start", "execute", "compute", "queue"], enabled: idle, run: ({ run }) => run.start() },
  { id: "stop", title: "Stop", group: "Run", keys: ["$mod+Period"], inFields: true, synonyms: ["cancel", "interrupt", "abort"], enabled: (parts) => !idle(parts), run: ({ run }) => run.stop() },
  { id: "live", title: "Live", group: "Run", keys: ["KeyL"], synonyms: ["automatic", "on change", "watch"], run: (parts) => parts.run.setLive(!stateOf(parts).run.live) },
  { id: "run-to-node", title: "Run to this node", group: "Run", keys: ["$mod+Shift+Enter"], synonyms: ["until", "up to", "preview"], enabled: (parts) => idle(parts) && onlyNode(parts) !== undefined, run: (parts) => parts.run.start({ nodes: chosen(parts) }) },
  { id: "run-selection", title: "Run selection", group: "Run", keys: ["$mod+Alt+Enter"], synonyms: ["selected", "part"], enabled: (parts) => idle(parts) && hasNodes(parts), run: (parts) => parts.run.start({ nodes: chosen(parts) }) },
  { id: "continue", title: "Continue", group: "Run", keys: ["Shift+KeyR"], synonyms: ["resume", "go on", "more steps"], enabled: (parts) => idle(parts) && stateOf(parts).run.resumable.size > 0, run: ({ run }) => run.start({ resume: true }) },
  { id: "inspect-value", title: "Inspect value…", group: "Run", keys: ["KeyI"], synonyms: ["histogram", "tensor", "look", "data", "wire"], enabled: (parts) => valueKey(parts) !== null, run: (parts) => parts.editor.setUi({ dialog: { id: "inspect-value", key: valueKey(parts)! } }) },
  { id: "compare", title: "Compare two backends…", group: "Run", keys: ["Shift+KeyB"], synonyms: ["difference", "wasm", "webgpu", "accuracy"], enabled: (parts) => onlyNode(parts) !== undefined, run: (parts) => parts.editor.setUi({ dialog: { id: "compare", key: chosen(parts)[0]! } }) },
];

/** The flat output whose value the selection stands for: of the one wire, or the first of the one node. */
function valueKey(parts: EditorParts): string | null {
  const prefix = prefixOf(stateOf(parts).scope);
  const wire = onlyWire(parts);
  if (wire && !selectionOf(parts).nodes.size) return prefix + wire.from;
  const node = onlyNode(parts);
  const port = node && declaredNode(node, parts.editor.registry)?.outputs[0]?.name;
  return port === undefined ? null : `${prefix}${node!.id}.${port}`;
}
