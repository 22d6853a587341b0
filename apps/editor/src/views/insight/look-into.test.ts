import { readFile } from "node:fs/promises";
import { inferGraph, parseGraph, type Facts, type GraphDocument } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { applied, graph, node, registry, wiresOf } from "../../model/testing/small-graph.ts";
import { bodyAt } from "../../model/document-view.ts";
import { lookInto } from "./look-into.ts";

async function example(name: string): Promise<GraphDocument> {
  return parseGraph(await readFile(new URL(`../../../../../examples/${name}.json`, import.meta.url), "utf8"), { registry }).document!;
}

const look = (document: GraphDocument, id: string, scope: readonly string[] = [], facts: Facts = {}) =>
  lookInto({ body: bodyAt(document, scope)!, scope, inference: inferGraph(document, registry, { facts }), registry, sizes: new Map() }, id);

/** The graph with the edit done, and the node that it leads to. */
function done(document: GraphDocument, id: string) {
  const made = look(document, id);
  if (typeof made === "string") throw new Error(made);
  const after = applied(document, made.changes);
  return { after, id: made.id, node: after.nodes.find((n) => n.id === made.id)!, list: after.nodes.find((n) => n.type === "Images" && after.wires.some((w) => w.from === `${n.id}.images` && w.to === `${made.id}.images`))?.params["file"] };
}

describe("looking into layers", () => {
  it("takes the layers that a style cost reads, its network and the photo that is painted", async () => {
    const document = await example("style-transfer");
    const { after, id, node: made, list } = done(document, "style-cost");
    expect(made).toMatchObject({ type: "NinePatches", params: { layers: ["c0", "c1", "c3", "c5", "c7"], onePerPicture: false } });
    expect(list).toBe("npm:@vladmandic/face-api/demo/sample3.jpg");
    expect(inferGraph(after, registry).diagnostics.filter((d) => d.severity === "error")).toEqual(inferGraph(document, registry).diagnostics.filter((d) => d.severity === "error"));
    // Under what is there: nothing is covered.
    expect(made.position.y).toBeGreaterThan(Math.max(...document.nodes.map((n) => n.position.y)));
    // The second time it is there already.
    expect(look(after, "style-cost")).toEqual({ changes: [], id });
    // Another cost looks at another layer.
    expect(done(after, "content-cost").node.params["layers"]).toEqual(["c4"]);
  });

  it("keeps to the layers and to the one channel that a node has chosen", () => {
    const document = graph([node("p", "Pattern"), node("f", "FeatureExtractor", { layers: ["mixed0", "mixed2"], network: "inception-v3-nsfw" }), node("s", "StyleCost", { layers: ["mixed2"] }), node("u", "UnitActivation", { channel: 7 }), node("g", "GramMatrix")], ["p.image -> f.image", "f.activations -> s.style", "f.activations -> u.activations"]);
    expect(done(document, "s").node.params).toMatchObject({ network: "inception-v3-nsfw", layers: ["mixed2"] });
    expect(done(document, "u").node.params).toMatchObject({ layers: ["mixed2"], channels: "7" });
    // No picture has been chosen: the samples.
    expect(String(done(document, "f").list).split(", ")).toHaveLength(6);
    expect(look(document, "p")).toMatch(/Feature extractor/);
    expect(look(document, "g")).toMatch(/Feature extractor/);
  });

  it("reads pictures with parts, and a folder as it is", () => {
    const of = (file: string, type = "Images") => done(graph([node("p", type, { file }), node("f", "FeatureExtractor", { layers: ["c1"] })]), "f").list;
    expect(of("Nora=faces/a.jpg, b.jpg#xywh=1,2,30,40, faces/a.jpg")).toBe("faces/a.jpg, b.jpg#xywh=1,2,30,40");
    expect(of("people")).toBe("people");
    expect(of("a,b.jpg", "Image")).toMatch(/^npm:/);
  });

  it("wires the network that is on a wire, also through a point on it, and makes a node of one that is in a file", () => {
    const wired = graph([node("n", "Network", { file: "own.onnx" }), node("r", "Reroute"), node("f", "FeatureExtractor", { network: "wired", layers: ["conv1"] })], ["n.network -> r.value", "r.value -> f.network"].map((w) => w.replaceAll("value", registry.get("Reroute")!.inputs[0]!.name)));
    const one = done(wired, "f");
    expect(one.node.params["network"]).toBe("wired");
    expect(wiresOf(one.after)).toContain(`n.network -> ${one.id}.network`);

    const filed = graph([node("f", "FeatureExtractor", { network: "file", file: "own.onnx", scaling: "imagenet", layers: ["conv1"] })]);
    const two = done(filed, "f");
    const made = two.after.nodes.find((n) => n.type === "Network")!;
    expect(made.params).toEqual({ file: "own.onnx", scaling: "imagenet" });
    expect(wiresOf(two.after)).toContain(`${made.id}.network -> ${two.id}.network`);
    expect(look(two.after, "f")).toEqual({ changes: [], id: two.id });
  });

  it("stays in a subgraph, and says where a network is out of reach", () => {
    const inner = graph([node("f", "FeatureExtractor", { network: "wired", layers: ["conv1"] }), node("b", "FeatureExtractor", { layers: ["c1"] })], [], { interface: { inputs: [{ name: "network", node: "f", port: "network", doc: "" }], outputs: [] } } as Partial<GraphDocument>);
    const document = graph([node("n", "Network", { file: "own.onnx" }), { ...node("s", "Subgraph"), graph: { nodes: inner.nodes, wires: inner.wires, interface: inner.interface } }], ["n.network -> s.network"]);
    expect(look(document, "f", ["s"])).toMatch(/not in this subgraph/);
    expect(look(document, "b", ["s"])).toMatchObject({ id: "nine-patches" });
  });
});
