import { createInference, emptyGraph, type GraphDocument, type GraphNode } from "@patchbay/graph-core";
import { nodes as registry } from "@patchbay/nodes";
import { describe, expect, it } from "vitest";
import { nextPlace } from "./connection.ts";
import { portFits, portOfBody, type Drawn } from "./fits.ts";
import { targetAt, type NodeLookup, type PortPlace } from "./nearest-port.ts";

const node = (id: string, type: string): GraphNode => ({ id, type, version: 1, params: {}, position: { x: 0, y: 0 } });
const document: GraphDocument = {
  ...emptyGraph(),
  nodes: [node("photo", "Pattern"), node("a", "Resize"), node("b", "Resize"), node("features", "FeatureExtractor"), node("cost", "ContentCost")],
  wires: [{ from: "photo.image", to: "a.image" }, { from: "a.image", to: "b.image" }],
};
const drawn: Drawn = { body: document, inference: createInference(registry).update(document), registry, prefix: "" };

describe("ports that a wire may end at", () => {
  it("are those whose type fits; the others say why not", () => {
    const fits = portFits(drawn, { node: "photo", port: "image" }, "output");
    expect(fits.get("features")!.get("image")).toEqual({ ok: true, taken: false });
    expect(fits.get("a")!.get("image")).toEqual({ ok: true, taken: true });
    expect(fits.get("cost")!.get("content")).toMatchObject({ ok: false, reason: expect.stringContaining("activations") });
  });

  it("never close a loop, from either end", () => {
    expect(portFits(drawn, { node: "b", port: "image" }, "output").get("a")!.get("image")).toMatchObject({ ok: false, reason: expect.stringMatching(/loop/) });
    expect(portFits(drawn, { node: "a", port: "image" }, "input").get("b")!.get("image")).toMatchObject({ ok: false, reason: expect.stringMatching(/loop/) });
    expect(portFits(drawn, { node: "b", port: "image" }, "output").get("b")!.get("image")!.ok).toBe(false);
    // The wire that is being taken off no longer counts.
    expect(portFits(drawn, { node: "b", port: "image" }, "output", { from: "a.image", to: "b.image" }).get("a")!.get("image")!.ok).toBe(true);
  });

  it("on a node as a whole: the first that fits and is free", () => {
    expect(portOfBody(new Map([["x", { ok: false, taken: false }], ["y", { ok: true, taken: true }], ["z", { ok: true, taken: false }]]))).toBe("z");
    expect(portOfBody(new Map([["x", { ok: false, taken: false }], ["y", { ok: true, taken: true }]]))).toBe("y");
    expect(portOfBody(new Map([["x", { ok: false, taken: false }]]))).toBeNull();
  });
});

describe("what a loose end is aimed at", () => {
  const places: readonly PortPlace[] = [
    { node: "a", port: "in", x: 100, y: 100, ok: true },
    { node: "b", port: "in", x: 100, y: 130, ok: false, reason: "No." },
    { node: "c", port: "in", x: 300, y: 100, ok: true },
  ];
  const none: NodeLookup = new Map();
  it("is the nearest fitting port within reach, unless one that does not fit is right under it", () => {
    expect(targetAt({ x: 80, y: 105 }, places, new Map(), none, 36)?.node).toBe("a");
    expect(targetAt({ x: 102, y: 128 }, places, new Map(), none, 36)).toMatchObject({ node: "b", reason: "No." });
    expect(targetAt({ x: 200, y: 100 }, places, new Map(), none, 36)).toBeNull();
  });
  it("goes by arrow keys to the nearest fitting port that way, and around at the end", () => {
    const fitting = places.filter((p) => p.ok);
    expect(nextPlace(fitting, { x: 0, y: 100 }, null, "right")?.node).toBe("a");
    expect(nextPlace(fitting, fitting[0]!, fitting[0]!, "right")?.node).toBe("c");
    expect(nextPlace(fitting, fitting[1]!, fitting[1]!, "right")?.node).toBe("a");
  });
});
