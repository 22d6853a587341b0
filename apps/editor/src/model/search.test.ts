import { describe, expect, it } from "vitest";
import { fittingNodes, whyNot } from "./fits.ts";
import { searchNodes } from "./search-nodes.ts";
import { registry } from "./testing/small-graph.ts";

const first = (query: string): string | undefined => searchNodes(registry, query)[0]?.type;

describe("searching node types", () => {
  it.each([
    ["distance", "Distance"], ["dist", "Distance"], ["Dsitance", "Distance"], ["gram", "GramMatrix"], ["conv2", "Conv2D"], ["conv 3d", "Conv3D"], ["pixelopt", "PixelOptimizer"],
    ["optimiser", "PixelOptimizer"], ["to", "TotalCost"], ["reroute", "Reroute"], ["waypoint", "Reroute"], ["tv", "TotalVariation"], ["face det", "FaceDetector"], ["print", "ValueOutput"],
    ["thresh", "Threshold"], ["galery", "Gallery"], ["resiz", "Resize"], ["noise start", "GeneratedImage"],
  ])("“%s” finds %s first", (query, type) => {
    expect(first(query)).toBe(type);
  });

  it("gives all in their order for nothing, and nothing for what is not there", () => {
    expect(searchNodes(registry, "  ")).toBe(registry.declarations);
    expect(searchNodes(registry, "xylophone qq")).toEqual([]);
  });

  it("needs every word", () => {
    expect(searchNodes(registry, "style cost").map((d) => d.type)[0]).toBe("StyleCost");
    expect(searchNodes(registry, "style distance").map((d) => d.type)).not.toContain("Distance");
  });
});

describe("what fits a wire", () => {
  const end = { node: "x", port: "y" };
  const types = (wire: Parameters<typeof fittingNodes>[1]) => fittingNodes(registry, wire).map((f) => `${f.declaration.type}.${f.port}`);

  it("offers the closest first and viewers of anything last", () => {
    const found = types({ end, side: "output", type: { kind: "tensor", dtype: "float32", shape: [1, 128], meaning: "encoding", network: "a" } });
    expect(found).toContain("Distance.a");
    expect(found).not.toContain("Resize.image");
    expect(found.indexOf("Distance.a")).toBeLessThan(found.indexOf("ValueOutput.value"));
    expect(found).not.toContain("GramMatrix.activation");
  });

  it("looks for outputs where an input was dragged", () => {
    const found = types({ end, side: "input", type: registry.get("Recognise")!.inputs.find((port) => port.name === "gallery")!.type });
    expect(found[0]).toBe("Enrol.gallery");
    expect(found).toContain("Gallery.gallery");
    expect(found.at(-1)).toBe("Reroute.out");
  });

  it("says why not in a sentence that names both sides", () => {
    expect(whyNot({ kind: "decision" }, { kind: "gallery" })).toBe("This input takes a gallery; this wire carries a decision.");
    expect(whyNot({ kind: "number" }, [{ kind: "gallery" }, { kind: "number" }])).toBeNull();
  });
});
