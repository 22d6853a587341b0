import { describe, expect, it } from "vitest";
import type { NodeMigration } from "../declaration/declaration.ts";
import { createRegistry } from "../declaration/registry.ts";
import { sampleRegistry } from "../testing/sample-registry.ts";
import type { FormatHistory } from "./format-history.ts";
import { parseGraph, parseWith } from "./parse-graph.ts";

/** Three versions, with nodes in an object by id, then in a list, then wires as objects. */
const history: FormatHistory = {
  version: 3,
  migrations: [
    { to: 2, why: "Nodes became a list.", up: (file) => ({ ...file, nodes: Object.entries(file.nodes as object).map(([id, node]) => ({ id, ...(node as object) })) }) },
    { to: 3, why: "Wires became objects.", up: (file) => ({ ...file, wires: (file.wires as string[]).map((wire) => ({ from: wire.split(" ")[0]!, to: wire.split(" ")[1]! })) }) },
  ],
};
const oldest = { format: "patchbay-graph", version: 1, nodes: { a: { type: "Image", version: 1 }, b: { type: "Resize", version: 1 } }, wires: ["a.image b.image"] };

describe("migrations of the format", () => {
  it("run one after another from every old version", () => {
    const { document, diagnostics } = parseWith(oldest, {}, history);
    expect(diagnostics).toEqual([]);
    expect(document).toMatchObject({ version: 3, nodes: [{ id: "a" }, { id: "b" }], wires: [{ from: "a.image", to: "b.image" }] });
    const middle = { ...oldest, version: 2, nodes: [{ id: "a", type: "Image", version: 1 }, { id: "b", type: "Resize", version: 1 }] };
    expect(parseWith(middle, {}, history).document!.wires).toEqual([{ from: "a.image", to: "b.image" }]);
  });

  it("that fail or are missing are reported, and the file is left alone", () => {
    const broken = { ...history, migrations: [history.migrations[0]!, { to: 3, why: "", up: () => { throw new Error("no wires"); } }] };
    expect(parseWith(oldest, {}, broken)).toMatchObject({ document: null, diagnostics: [{ code: "migration-failed", message: expect.stringContaining("no wires") }] });
    expect(parseWith(oldest, {}, { version: 3, migrations: [] })).toMatchObject({ document: null, diagnostics: [{ code: "migration-failed" }] });
  });

  it("never go down: a newer file is refused in one clear sentence", () => {
    const { document, diagnostics } = parseGraph({ format: "patchbay-graph", version: 2, nodes: [{ id: "kept?" }] });
    expect(document).toBeNull();
    expect(diagnostics.map((d) => d.message)).toEqual([
      "This graph was saved by a newer Patchbay (format version 2); this one reads up to version 1. Update Patchbay to open it; the file is left as it is.",
    ]);
  });
});

describe("migrations of nodes", () => {
  const file = (params: object, version = 1): object => ({ format: "patchbay-graph", version: 1, nodes: [{ id: "t", type: "Threshold", version, params }], wires: [] });
  const withMigrations = (version: number, migrations: readonly NodeMigration[]): ReturnType<typeof createRegistry> =>
    createRegistry([{ ...sampleRegistry.get("Threshold")!, version, migrations }]);

  it("bring parameters up and say so", () => {
    const { document, diagnostics } = parseGraph(file({ tau: 0.5 }), { registry: sampleRegistry });
    expect(document!.nodes[0]).toMatchObject({ version: 2, params: { threshold: 0.5 } });
    expect(diagnostics).toMatchObject([{ code: "migrated", severity: "info", node: "t", message: "Brought from version 1 to 2. “tau” became “threshold”." }]);
  });

  it("run inside subgraphs too", () => {
    const outer = { format: "patchbay-graph", version: 1, nodes: [{ id: "s", type: "Subgraph", version: 1, graph: file({ tau: 0.5 }) }], wires: [] };
    const { document } = parseGraph(outer, { registry: sampleRegistry });
    expect(document!.nodes[0]!.graph!.nodes[0]!.params).toEqual({ threshold: 0.5 });
  });

  it("that throw, are missing or give nonsense leave the node as it was written", () => {
    const up = (result: unknown): NodeMigration => ({ to: 2, why: "", up: () => { if (result instanceof Error) throw result; return result as never; } });
    for (const migrations of [[up(new Error("what is this?"))], [], [up(null)], [up({ threshold: NaN })]]) {
      const { document, diagnostics } = parseGraph(file({ tau: 0.5 }), { registry: withMigrations(2, migrations) });
      expect(document!.nodes[0]).toMatchObject({ version: 1, params: { tau: 0.5 } });
      expect(diagnostics).toMatchObject([{ code: "migration-failed", severity: "error", node: "t" }]);
    }
  });

  it("do not touch nodes that are newer than the declaration", () => {
    expect(parseGraph(file({ tau: 1 }, 9), { registry: sampleRegistry })).toMatchObject({ document: { nodes: [{ version: 9, params: { tau: 1 } }] }, diagnostics: [] });
  });
});
