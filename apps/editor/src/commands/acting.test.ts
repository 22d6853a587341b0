import { describe, expect, it } from "vitest";
import type { EditorParts } from "../app/editor-parts.ts";
import { createEditor } from "../model/editor.ts";
import { wireKey } from "../model/document-view.ts";
import { graph, node, registry, wiresOf } from "../model/testing/small-graph.ts";
import { commandOf, isEnabled, runCommand } from "./commands.ts";
import { fitting, offersFor, purpose } from "./palette/offers.ts";
import { paletteActions } from "./palette/palette-actions.ts";
import { placeOf } from "./shown.ts";

const started: unknown[] = [];

function open() {
  const document = graph([node("p", "Pattern"), node("r", "Resize", {}, { title: "Make small" }), node("v", "ImageOutput"), node("w", "ImageOutput")], ["p.image -> r.image", "r.image -> v.image", "r.image -> w.image"]);
  const editor = createEditor({ registry, document });
  const parts = { editor, workspace: null, run: { start: (options: unknown) => started.push(options), stop() {}, setLive() {} }, assets: "/" } as unknown as EditorParts;
  const now = () => editor.store.getState().history.document;
  return { editor, parts, now, past: () => editor.store.getState().history.past.length, run: (id: string) => runCommand(commandOf(id)!, parts), enabled: (id: string) => isEnabled(commandOf(id)!, parts) };
}

describe("commands", () => {
  it("act on the selection, one step each, and are off without one", async () => {
    const { editor, run, now, past, enabled } = open();
    for (const id of ["duplicate", "delete", "delete-and-heal", "group", "mute", "run-selection", "make-subgraph"]) expect(enabled(id), id).toBe(false);
    editor.select({ nodes: ["r"] });
    await run("duplicate-with-wires");
    expect(wiresOf(now())).toContain("p.image -> r-2.image");
    expect([...editor.store.getState().selection.nodes]).toEqual(["r-2"]);
    expect(past()).toBe(1);
    editor.select({ nodes: ["r"] });
    await run("delete-and-heal");
    expect(wiresOf(now()).filter((wire) => /-> [vw]\./.test(wire)).sort()).toEqual(["p.image -> v.image", "p.image -> w.image"]);
    await run("undo");
    await run("undo");
    expect(past()).toBe(0);
    expect(wiresOf(now())).toHaveLength(3);
  });

  it("put a point on every selected wire in one step", async () => {
    const { editor, run, now, past } = open();
    editor.select({ wires: now().wires.map(wireKey) });
    await run("reroute");
    expect(now().nodes.filter((n) => n.type === "Reroute")).toHaveLength(3);
    expect(now().wires).toHaveLength(6);
    expect(past()).toBe(1);
  });

  it("make, enter, leave and unpack a subgraph", async () => {
    const { editor, run, now, enabled } = open();
    editor.select({ nodes: ["r", "v"] });
    await run("make-subgraph");
    await run("enter-subgraph");
    expect(editor.store.getState().scope).toEqual(["subgraph"]);
    editor.select({ nodes: ["r"] });
    await run("mute");
    expect(now().nodes.find((n) => n.id === "subgraph")!.graph!.nodes.find((n) => n.id === "r")!.muted).toBe(true);
    await run("run-to-node");
    expect(started.at(-1)).toEqual({ nodes: ["subgraph/r"] });
    await run("leave-subgraph");
    expect([...editor.store.getState().selection.nodes]).toEqual(["subgraph"]);
    await run("unpack-subgraph");
    expect(wiresOf(now()).sort()).toEqual(["p.image -> r.image", "r.image -> v.image", "r.image -> w.image"]);
    expect(enabled("leave-subgraph")).toBe(false);
  });

  it("say why nothing changes where nothing can be edited", async () => {
    const { editor, run, past } = open();
    editor.setReadOnly("Another tab edits this graph.");
    editor.select({ nodes: ["r"] });
    await run("delete");
    expect(past()).toBe(0);
    expect(editor.store.getState().ui.notices.map((notice) => notice.text)).toEqual(["Another tab edits this graph."]);
  });
});

describe("the palettes", () => {
  const titles = (parts: EditorParts, query: string): string[] => paletteActions(parts, query, []).map((action) => action.title);

  it("list what can be run now, and with words nodes to add and to go to", () => {
    const { editor, parts } = open();
    expect(titles(parts, "")).not.toContain("Undo");
    expect(titles(parts, "")).toContain("Zoom to fit");
    expect(titles(parts, "tidy")[0]).toBe("Arrange automatically");
    expect(titles(parts, "add gram")[0]).toBe("Add Gram matrix");
    expect(paletteActions(parts, "add gram", []).every((action) => action.kind === "add")).toBe(true);
    const [go] = paletteActions(parts, "go to make small", []);
    expect(go).toMatchObject({ kind: "go", title: "Make small", side: "r" });
    go!.run();
    expect([...editor.store.getState().selection.nodes]).toEqual(["r"]);
    expect(editor.store.getState().ui.view.target).toEqual({ kind: "node", id: "r" });
  });

  it("offer what fits the wire they were opened for, and say so", () => {
    const { parts } = open();
    const place = placeOf(parts);
    const into = wireKey({ from: "p.image", to: "r.image" });
    const between = fitting(place, { into }).map((offer) => offer.declaration.type);
    expect(between).toContain("Crop");
    expect(between).toContain("Reroute");
    expect(between).not.toContain("Distance");
    expect(purpose(place, { into })).toEqual({ before: "Fits between ", title: "Pattern and Make small", after: "." });
    const offers = offersFor(fitting(place, { into }), "", ["Reroute", "Distance"], true);
    expect(offers[0]).toMatchObject({ group: "Used last", declaration: { type: "Reroute" } });
    expect(offers.filter((offer) => offer.declaration.type === "Reroute")).toHaveLength(1);
  });
});
