import { describe, expect, it } from "vitest";
import { applied, graph, node, registry, wiresOf } from "../testing/small-graph.ts";
import { alignChanges, distributeChanges, nudgeChanges } from "./align.ts";
import { colorChanges, frameChanges, noteChanges } from "./frames.ts";
import { layoutChanges } from "./layout.ts";
import { removeChanges } from "./remove.ts";
import { everything, others, withNeighbours } from "./selecting.ts";
import { subgraphChanges, unpackChanges } from "./subgraphs.ts";
import { toggleChanges } from "./toggles.ts";

const placed = (id: string, x: number, y: number) => node(id, "Resize", {}, { position: { x, y } });
const sizes = new Map([["a", { width: 100, height: 50 }], ["b", { width: 40, height: 80 }], ["c", { width: 60, height: 20 }]]);
const three = graph([placed("a", 0, 0), placed("b", 300, 70), placed("c", 130, 400)]);
const all = new Set(["a", "b", "c"]);
const xs = (document: typeof three) => document.nodes.map((n) => n.position.x);
const ys = (document: typeof three) => document.nodes.map((n) => n.position.y);

describe("aligning", () => {
  it("brings sides and middles into one line", () => {
    expect(xs(applied(three, alignChanges(three, all, "left", sizes)))).toEqual([0, 0, 0]);
    expect(xs(applied(three, alignChanges(three, all, "right", sizes)))).toEqual([240, 300, 280]);
    expect(xs(applied(three, alignChanges(three, all, "centre", sizes)))).toEqual([120, 150, 140]);
    expect(ys(applied(three, alignChanges(three, all, "bottom", sizes)))).toEqual([370, 340, 400]);
    expect(alignChanges(three, new Set(["a"]), "left", sizes)).toEqual([]);
  });

  it("spaces with equal gaps, the outermost staying", () => {
    // 340 wide in all, 200 taken: two gaps of 70.
    expect(xs(applied(three, distributeChanges(three, all, "horizontally", sizes)))).toEqual([0, 300, 170]);
    expect(ys(applied(three, distributeChanges(three, all, "vertically", sizes)))).toEqual([0, 185, 400]);
  });

  it("nudges frames with what is in them", () => {
    const framed = graph(three.nodes, [], { comments: [{ id: "f", text: "F", position: { x: 5, y: 5 }, nodes: ["b"] }] });
    const after = applied(framed, nudgeChanges(framed, { nodes: new Set(["a"]), comments: new Set(["f"]) }, { x: 10, y: -1 }));
    expect(xs(after)).toEqual([10, 310, 130]);
    expect(after.comments![0]!.position).toEqual({ x: 15, y: 4 });
  });
});

describe("auto layout", () => {
  const chain = graph([placed("a", 50, 60), placed("b", 55, 70), placed("c", 900, 80)], ["b.image -> a.image", "a.image -> c.image"]);

  it("draws from left to right with room for what stands on wires, from the same corner", async () => {
    const after = applied(chain, await layoutChanges(chain, all, sizes));
    const [a, b, c] = xs(after) as [number, number, number];
    expect(b).toBe(50);
    expect(a).toBeGreaterThanOrEqual(b + 40 + 170);
    expect(c).toBeGreaterThanOrEqual(a + 100 + 170);
    expect(Math.min(...ys(after))).toBe(60);
  });

  it("moves only what it is asked to, and draws frames around their nodes again", async () => {
    const framed = graph([...chain.nodes, placed("other", -500, -500)], wiresOf(chain), { comments: [{ id: "f", text: "F", position: { x: 0, y: 0 }, size: { width: 10, height: 10 }, nodes: ["a", "c"] }] });
    const after = applied(framed, await layoutChanges(framed, all, sizes));
    expect(after.nodes.at(-1)!.position).toEqual({ x: -500, y: -500 });
    const frame = after.comments![0]!;
    for (const id of ["a", "c"]) {
      const { position } = after.nodes.find((n) => n.id === id)!;
      expect(position.x).toBeGreaterThan(frame.position.x);
      expect(position.x + sizes.get(id)!.width).toBeLessThan(frame.position.x + frame.size!.width);
      expect(position.y + sizes.get(id)!.height).toBeLessThan(frame.position.y + frame.size!.height);
    }
    // A node that is not its own stands outside.
    const { position } = after.nodes.find((n) => n.id === "b")!;
    expect(position.x + 40).toBeLessThanOrEqual(frame.position.x);
  });

  it("takes a comment that was drawn around nodes for their frame", async () => {
    const drawn = graph(chain.nodes, wiresOf(chain), { comments: [{ id: "f", text: "F", position: { x: 850, y: 0 }, size: { width: 300, height: 300 } }, { id: "note", text: "N", position: { x: -900, y: 0 } }] });
    const after = applied(drawn, await layoutChanges(drawn, all, sizes));
    const { position } = after.nodes.find((n) => n.id === "c")!;
    expect(after.comments![0]!.position.x).toBe(position.x - 24);
    expect(after.comments![0]!.nodes).toBeUndefined();
    expect(after.comments![1]).toEqual(drawn.comments![1]);
  });

  it("survives circles and nodes that feed themselves", async () => {
    const circle = graph(chain.nodes, ["a.image -> b.image", "b.image -> a.image", "c.image -> c.image"]);
    expect(await layoutChanges(circle, all, sizes)).toHaveLength(1);
  });
});

describe("frames, notes and subgraphs", () => {
  it("frames what is selected, and takes another colour", () => {
    const made = frameChanges(three, new Set(["a", "b"]), sizes, { title: "Pair", color: "green" })!;
    const after = applied(three, made.changes);
    const frame = after.comments![0]!;
    expect(frame).toMatchObject({ id: "frame", text: "Pair", color: "green", nodes: ["a", "b"] });
    expect(frame.position.x + frame.size!.width).toBeGreaterThan(340);
    expect(applied(after, colorChanges(after, new Set(["frame"]), undefined)).comments![0]!.color).toBeUndefined();
    expect(frameChanges(three, new Set(), sizes)).toBeNull();
    expect(frameChanges(after, new Set(["c"]), sizes)!.id).toBe("frame-2");
  });

  it("removes a frame without its nodes, and wires whose ends stay", () => {
    const document = applied(graph(three.nodes, ["a.image -> b.image", "b.image -> c.image"]), [...frameChanges(three, all, sizes)!.changes, ...noteChanges(three, { x: 0, y: 0 }).changes]);
    const after = applied(document, removeChanges(document, { nodes: new Set(["a"]), wires: new Set(["a.image -> b.image", "b.image -> c.image"]), comments: new Set(["frame"]) }));
    expect(after.nodes.map((n) => n.id)).toEqual(["b", "c"]);
    expect(after.wires).toEqual([]);
    expect(after.comments!.map((c) => c.id)).toEqual(["note"]);
  });

  it("packs nodes into one and takes them out again", () => {
    const document = graph([node("p", "Pattern"), ...three.nodes], ["p.image -> a.image", "a.image -> b.image"]);
    const made = subgraphChanges(document, new Set(["a", "b"]))!;
    const packed = applied(document, made.changes);
    expect(wiresOf(packed)).toEqual(["p.image -> subgraph.image"]);
    expect(wiresOf(applied(packed, unpackChanges(packed, new Set(["subgraph", "c"])))).sort()).toEqual(wiresOf(document).sort());
  });
});

describe("switching and selecting", () => {
  it("switches on unless all are on", () => {
    const mixed = graph([placed("a", 0, 0), node("b", "Resize", {}, { muted: true })]);
    const on = applied(mixed, toggleChanges(mixed, all, "muted"));
    expect(on.nodes.map((n) => n.muted)).toEqual([true, true]);
    expect(applied(on, toggleChanges(on, all, "muted")).nodes.map((n) => n.muted)).toEqual([undefined, undefined]);
  });

  it("follows wires either way", () => {
    const chain = graph(three.nodes, ["a.image -> b.image", "b.image -> c.image"]);
    expect(withNeighbours(chain, ["b"], "upstream").sort()).toEqual(["a", "b"]);
    expect(withNeighbours(chain, ["b"], "downstream").sort()).toEqual(["b", "c"]);
    expect(others(chain, new Set(["b"]))).toEqual(["a", "c"]);
    expect(everything(chain)).toMatchObject({ nodes: ["a", "b", "c"], wires: wiresOf(chain) });
  });
});

it("knows every node type that the tests name", () => {
  expect(["Pattern", "Resize", "Reroute"].every((type) => registry.get(type))).toBe(true);
});
