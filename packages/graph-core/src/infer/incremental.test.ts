import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../edits/apply-changes.ts";
import type { Facts, NodeDeclaration } from "../declaration/declaration.ts";
import { createRegistry } from "../declaration/registry.ts";
import { createRandom, randomChange, randomGraph } from "../testing/random-edits.ts";
import { graph, node, sampleRegistry } from "../testing/sample-registry.ts";
import { createInference, inferGraph, type Inference } from "./infer-graph.ts";

const plain = (inference: Inference): unknown => ({
  types: Object.fromEntries(inference.types),
  inputTypes: Object.fromEntries(inference.inputTypes),
  diagnostics: inference.diagnostics,
  order: inference.order,
});

describe("incremental inference", () => {
  it("gives what inference from scratch gives, after every one of many random edits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const random = createRandom(seed);
        let document = randomGraph(random, 40);
        const inference = createInference(sampleRegistry);
        let facts: Facts = {};
        for (let i = 0; i < 40; i++) {
          if (random.chance(0.1)) facts = { "p.jpg": { kind: "image" as const, width: 8 + random.below(9), height: 8 } };
          expect(plain(inference.update(document, facts))).toEqual(plain(inferGraph(document, sampleRegistry, { facts })));
          document = applyChanges(document, [randomChange(random, document)], { registry: sampleRegistry }).document;
        }
      }),
      { numRuns: 20 },
    );
  });

  it("asks only the nodes that an edit affects", () => {
    const asked: string[] = [];
    const counted: NodeDeclaration[] = sampleRegistry.declarations.map((declaration) => ({
      ...declaration,
      infer: (context) => {
        asked.push(context.node);
        return declaration.infer?.(context) ?? {};
      },
    }));
    const inference = createInference(createRegistry(counted));
    let document = graph(
      [node("p", "Image"), node("r", "Resize"), node("a", "Conv"), node("b", "Conv"), node("x", "Conv")],
      ["p.image -> r.image", "r.image -> a.image", "a.image -> b.image", "p.image -> x.image"],
    );
    const after = (change: Parameters<typeof applyChanges>[1][number]): string[] => {
      asked.length = 0;
      document = applyChanges(document, [change]).document;
      inference.update(document);
      return [...asked];
    };
    inference.update(document);
    expect(after({ kind: "move-nodes", positions: { a: { x: 9, y: 9 } } })).toEqual([]);
    expect(after({ kind: "set-param", node: "a", param: "filters", value: 4 })).toEqual(["a", "b"]);
    expect(after({ kind: "set-param", node: "r", param: "width", value: 64 })).toEqual(["r"]); // the default: nothing behind it changes
    expect(after({ kind: "disconnect", wire: { from: "p.image", to: "x.image" } })).toEqual(["x"]);
  });
});
