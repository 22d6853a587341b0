import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../edits/change.ts";
import { applyChanges } from "../edits/apply-changes.ts";
import { createRandom, randomChange } from "../testing/random-edits.ts";
import { graph, node, sampleRegistry as registry } from "../testing/sample-registry.ts";
import { flattenGraph } from "./flatten-graph.ts";
import { patchFlat } from "./patch-flat.ts";

const KINDS: readonly Change["kind"][] = ["add-node", "remove-nodes", "connect", "disconnect", "rename-node", "set-param"];

describe("patching a flat graph", () => {
  it("gives what flattening gives, whenever it dares to", () => {
    let patched = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const random = createRandom(seed);
        const muted = node("m", "Resize", {}, { muted: random.chance(0.2) });
        let document = graph([node("start", "Image"), muted, node("total", "Total"), node("view", "Viewer")], ["start.image -> m.image"], { outputs: [{ name: "o", node: "total", port: "loss" }] });
        for (let i = 0; i < 60; i++) {
          const change = randomChange(random, document);
          if (!KINDS.includes(change.kind)) continue;
          const next = applyChanges(document, [change], { registry }).document;
          const flat = flattenGraph(next, registry);
          const result = patchFlat(flattenGraph(document, registry), document, next, registry);
          if (result) {
            patched++;
            expect(result).toEqual(flat);
          }
          document = next;
        }
      }),
      { numRuns: 60 },
    );
    expect(patched).toBeGreaterThan(500);
  });
});
