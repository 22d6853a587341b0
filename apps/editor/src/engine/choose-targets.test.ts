import { readFileSync } from "node:fs";
import { nodes } from "@patchbay/nodes";
import { loadGraph } from "@patchbay/runtime";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { describe, expect, it } from "vitest";
import { chooseTargets } from "./choose-targets.ts";

const example = async (name: string, change: (document: { nodes: object[]; wires: { from: string; to: string }[] }) => void = () => {}) => {
  const document = JSON.parse(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8")) as Parameters<typeof change>[0];
  change(document);
  return loadGraph(document, { nodes, host: createNodeHost() });
};

describe("what a run is asked for", () => {
  it("is every node but those inside an optimisation", async () => {
    const graph = await example("style-transfer");
    const { nodes: ids, problems, regions } = chooseTargets(graph, undefined);
    expect(problems).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(["content", "content-size", "paint", "picture", "curves"]));
    for (const inside of ["generated", "generated-features", "style-cost", "total"]) expect(ids).not.toContain(inside);
    expect(regions.map((r) => r.optimiser)).toEqual(["paint"]);
    expect(chooseTargets(graph, ["style-cost"]).nodes).toEqual(["style-cost"]);
  });

  it("leaves out what stands behind a mistake, and keeps the other branch", async () => {
    const graph = await example("face-verification", (d) => (d.wires = d.wires.filter((w) => w.to !== "photo-chip.faces")));
    const { nodes: ids, problems } = chooseTargets(graph, undefined);
    expect(problems.map((d) => d.node)).toContain("photo-chip");
    expect(ids).toEqual(expect.arrayContaining(["photo", "photo-faces", "reference-chip", "reference-encoding"]));
    for (const blocked of ["photo-chip", "photo-encoding", "distance", "threshold"]) expect(ids).not.toContain(blocked);
    // Asked for one branch, the mistakes of the other are nobody's business.
    expect(chooseTargets(graph, ["reference-encoding"])).toMatchObject({ nodes: ["reference-encoding"], problems: [] });
  });

  it("means the inside of a subgraph by its name", async () => {
    const graph = await example("siamese-logistic");
    const inner = graph.inference.flat.nodes.map((n) => n.id).filter((id) => id.includes("/"));
    if (!inner.length) return expect(chooseTargets(graph, ["nowhere"]).nodes).toEqual([]);
    const outer = inner[0]!.split("/")[0]!;
    expect(chooseTargets(graph, [outer]).nodes).toEqual(expect.arrayContaining(inner.filter((id) => id.startsWith(`${outer}/`))));
  });
});
