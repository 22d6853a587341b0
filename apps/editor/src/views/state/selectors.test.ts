import type { GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import type { ImageValue, SeriesValue } from "@patchbay/runtime";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEditor, type Editor } from "../../model/editor.ts";
import type { NodeRun, RunState, ShownValue } from "../../model/run-state.ts";
import { termTitles } from "../graph/names.ts";
import { selectLive } from "../series/live.ts";
import { selectTerm } from "../series/term.ts";
import { isPicture, keep, upstreamValue } from "./upstream-values.ts";
import { selectOutputs } from "./use-outputs.ts";

const example = (name: string): GraphDocument => JSON.parse(readFileSync(new URL(`../../../../../examples/${name}.json`, import.meta.url), "utf8")) as GraphDocument;
const open = (name: string): Editor => createEditor({ registry: nodes, document: example(name) });
const setRun = (editor: Editor, run: Partial<RunState>): void => editor.store.setState({ run: { ...editor.store.getState().run, ...run } });
const number = (value: number, fresh = true): ShownValue => ({ value: { kind: "number", value }, summary: { kind: "number", bytes: 8 }, fresh });
const chip: ShownValue = { summary: { kind: "tensor", bytes: 1, tensor: { dtype: "float32", shape: [1, 150, 150, 3], min: 0, mean: 0.5, max: 1, histogram: [], notFinite: 0 } }, fresh: true };
const curves = (...values: number[]): SeriesValue => ({ kind: "series", x: { name: "step", values: values.map((_, i) => i + 1) }, curves: [{ name: "total", values }, { name: "style-cost", values: values.map((v) => v / 2) }] });
const preview: ImageValue = { kind: "image", width: 1, height: 1, data: new Uint8Array(3) };
const painting = (progress: Partial<NonNullable<NodeRun["progress"]>>): ReadonlyMap<string, NodeRun> => new Map([["paint", { phase: "running", progress: { step: 1, of: 10, ...progress } }]]);

describe("a node's outputs", () => {
  it("are nothing before a run, and the same list until one of them changes", () => {
    const editor = open("style-transfer");
    const select = selectOutputs("paint", ["image", "losses"]);
    const nothing = select(editor.store.getState());
    expect(nothing).toEqual([]);
    setRun(editor, { values: new Map([["paint.image", chip], ["total.total", number(1)]]) });
    const first = select(editor.store.getState());
    expect(first.map((o) => o.key)).toEqual(["paint.image"]);
    setRun(editor, { values: new Map([["paint.image", chip], ["total.total", number(2)]]) });
    expect(select(editor.store.getState())).toBe(first);
    setRun(editor, { values: new Map([["paint.image", { ...chip, fresh: false }]]) });
    expect(select(editor.store.getState())[0]!.shown.fresh).toBe(false);
  });
});

describe("what an optimiser has so far", () => {
  it("is shown by itself and by the viewers it feeds, while it runs", () => {
    const editor = open("style-transfer");
    setRun(editor, { nodes: painting({ preview, curves: curves(4, 2) }) });
    const state = editor.store.getState();
    expect(selectLive("paint", true)(state)?.part).toBe("all");
    expect(selectLive("picture", false)(state)?.part).toBe("picture");
    expect(selectLive("curves", false)(state)?.part).toBe("curves");
    expect(selectLive("content", false)(state)).toBeNull();
    setRun(editor, { nodes: new Map([["paint", { phase: "done", progress: { step: 10, of: 10, preview } }]]) });
    expect(selectLive("paint", true)(editor.store.getState())).toBeNull();
  });
  it("does not draw a picture again for a step without a new one", () => {
    const editor = open("style-transfer");
    const select = selectLive("picture", false);
    setRun(editor, { nodes: painting({ step: 1, preview }) });
    const first = select(editor.store.getState());
    setRun(editor, { nodes: painting({ step: 2, preview }) });
    expect(select(editor.store.getState())).toBe(first);
  });
});

describe("a term of a loss", () => {
  it("follows the run, and then the curves that came out", () => {
    const editor = open("style-transfer");
    const [style, total] = [selectTerm("style-cost"), selectTerm("total")];
    expect(style(editor.store.getState())).toBeNull();
    setRun(editor, { nodes: painting({ curves: curves(4, 2) }) });
    expect(style(editor.store.getState())).toMatchObject({ values: [2, 1], running: true });
    expect(total(editor.store.getState())!.values).toEqual([4, 2]);
    setRun(editor, { nodes: new Map([["paint", { phase: "done" }]]), values: new Map([["paint.losses", { value: curves(4, 2, 1), summary: { kind: "series", bytes: 1 }, fresh: true }]]) });
    expect(style(editor.store.getState())).toMatchObject({ values: [2, 1, 0.5], running: false });
  });
  it("is called by its node's title", () => {
    const editor = open("style-transfer");
    expect(termTitles(editor.store.getState(), nodes, ["total", "style-cost", "unheard-of"])).toEqual(["Total", "Style cost", "unheard-of"]);
    expect(termTitles(editor.store.getState(), nodes, ["content-size", "style-size"])).toEqual(["Resize (content-size)", "Resize (style-size)"]);
  });
});

describe("a value upstream", () => {
  it("is the nearest that fits, and keeps its identity", () => {
    const editor = open("face-verification");
    const select = keep((state) => ["a", "b"].map((port) => upstreamValue(state, "distance", port, isPicture)));
    expect(select(editor.store.getState())).toEqual([null, null]);
    setRun(editor, { values: new Map([["photo-chip.chips", chip], ["photo.image", { summary: { kind: "image", bytes: 1 }, fresh: true }], ["photo-encoding.encoding", number(1)]]) });
    const first = select(editor.store.getState());
    expect(first.map((u) => u?.key)).toEqual(["photo-chip.chips", undefined]);
    setRun(editor, { values: new Map([...editor.store.getState().run.values, ["distance.distance", number(1)]]) });
    expect(select(editor.store.getState())).toBe(first);
  });
});
