/** Type inference of a 1,000-node graph: all of it, and again after an edit. */
import { applyChanges, createInference, inferGraph, type Change } from "@patchbay/graph-core";
import { nodes as registry } from "@patchbay/nodes";
import { FACTS, largeGraph, MIDDLE } from "../large-graph.ts";
import { median } from "../rounds.ts";
import type { Row } from "../row.ts";
import type { Section } from "../section.ts";

/** Made in turn, so that every update has something to do. */
const EDITS: { readonly [what: string]: readonly [Change, Change] } = {
  "a picture's width, which retypes its branch": [
    { kind: "set-param", node: `sizeA${MIDDLE}`, param: "width", value: 256 },
    { kind: "set-param", node: `sizeA${MIDDLE}`, param: "width", value: 192 },
  ],
  "a wire": [
    { kind: "connect", wire: { from: "encodeB3.encoding", to: `euclidean${MIDDLE}.b` } },
    { kind: "connect", wire: { from: "encodeB5.encoding", to: `euclidean${MIDDLE}.b` } },
  ],
  "a node added or removed": [
    { kind: "add-node", node: { id: "new", type: "TotalVariation", version: 1, params: {}, position: { x: 0, y: 0 } } },
    { kind: "remove-nodes", ids: ["new"] },
  ],
  "a node moved": [
    { kind: "move-nodes", positions: { [`sizeA${MIDDLE}`]: { x: 1, y: 1 } } },
    { kind: "move-nodes", positions: { [`sizeA${MIDDLE}`]: { x: 2, y: 2 } } },
  ],
};

export const inference: Section = async ({ quick, say }) => {
  say("inference: 1,000 nodes");
  const document = largeGraph();
  const size = `${document.nodes.length.toLocaleString("en")} nodes, ${document.wires.length.toLocaleString("en")} wires`;
  const broken = inferGraph(document, registry, { facts: FACTS }).diagnostics.filter((d) => d.severity === "error");
  if (broken.length) throw new Error(`The measured graph is not valid: ${broken[0]!.message}`);
  const rounds = quick ? 20 : 100;

  const full: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    inferGraph(document, registry, { facts: FACTS });
    full.push(performance.now() - began);
  }
  const rows: Row[] = [{ section: "inference", what: `all of ${size}`, ours: median(full), unit: "ms", target: { of: "ours", atMost: 50 }, note: `the first time, with nothing compiled yet, is slower: ${full[0]!.toFixed(1)} ms.` }];

  for (const [what, changes] of Object.entries(EDITS)) {
    const live = createInference(registry);
    let current = document;
    live.update(current, FACTS);
    const [updates, edits]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      const began = performance.now();
      current = applyChanges(current, [changes[i % 2]!], { registry }).document;
      const edited = performance.now();
      live.update(current, FACTS);
      edits.push(edited - began);
      updates.push(performance.now() - edited);
    }
    rows.push({ section: "inference", what: `after an edit: ${what}`, ours: median(updates), unit: "ms", target: { of: "ours", atMost: 2 }, note: `making the edit itself takes ${median(edits).toFixed(2)} ms.` });
  }
  return rows;
};
