import { emptyGraph, inferGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nearestDownstream, optimiserAfter, optimiserBefore, pairNode, thresholdAfter, upstreamKeys } from "./walk.ts";

const example = (name: string): GraphDocument => JSON.parse(readFileSync(new URL(`../../../../../examples/${name}.json`, import.meta.url), "utf8")) as GraphDocument;
const flatOf = (document: GraphDocument) => inferGraph(document, nodes).flat;

describe("walking the wires", () => {
  const verification = flatOf(example("face-verification"));
  const style = flatOf(example("style-transfer"));

  it("finds what is upstream, nearest first", () => {
    expect(upstreamKeys(verification, "distance", "a")).toEqual(["photo-encoding.encoding", "photo-chip.chips", "photo-faces.faces", "photo.image"]);
    expect(upstreamKeys(verification, "photo")).toEqual([]);
  });

  it("finds τ: the one that is set, else the declared default", () => {
    expect(thresholdAfter(verification, "distance")).toBe(0.6);
    const document = example("face-verification");
    const set = { ...document, nodes: document.nodes.map((n) => (n.id === "threshold" ? { ...n, params: { threshold: 0.45 } } : n)) };
    expect(thresholdAfter(flatOf(set), "distance")).toBe(0.45);
    expect(thresholdAfter(flatOf({ ...document, wires: document.wires.filter((w) => w.to !== "threshold.distance") }), "distance")).toBeNull();
  });

  it("finds an encoding's judge across other nodes", () => {
    expect(thresholdAfter(flatOf(example("face-recognition")), "people-encoding")).toBe(0.5);
  });

  it("names a loss term as the optimiser's progress does", () => {
    expect(optimiserAfter(style, "style-cost")).toEqual({ optimiser: "paint", term: "style-cost" });
    expect(optimiserAfter(style, "total")).toEqual({ optimiser: "paint", term: "total" });
    expect(optimiserAfter(verification, "distance")).toBeNull();
  });

  it("finds the optimiser that feeds a viewer, and by which output", () => {
    expect(optimiserBefore(style, "picture")).toEqual({ optimiser: "paint", port: "image" });
    expect(optimiserBefore(style, "curves")).toEqual({ optimiser: "paint", port: "losses" });
    expect(optimiserBefore(style, "total")).toBeNull();
  });

  it("finds the node that compares two", () => {
    expect(pairNode(verification, "distance")).toBe("distance");
    expect(pairNode(flatOf(example("siamese-logistic")), "verifier")).toBe("features");
    expect(pairNode(style, "paint")).toBeNull();
  });

  it("ends on a circle of wires", () => {
    const node = (id: string) => ({ id, type: "L2Normalise", version: 1, params: {}, position: { x: 0, y: 0 } });
    const circle = flatOf({ ...emptyGraph(), nodes: [node("a"), node("b")], wires: [{ from: "a.normalised", to: "b.encoding" }, { from: "b.normalised", to: "a.encoding" }] });
    expect(nearestDownstream(circle, "a", () => false)).toBeNull();
    expect(upstreamKeys(circle, "a").length).toBeLessThanOrEqual(2);
  });
});
