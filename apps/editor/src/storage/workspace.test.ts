import "fake-indexeddb/auto";
import { emptyGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import type { ImageValue } from "@patchbay/runtime";
import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { EditorParts } from "../app/editor-parts.ts";
import { createEditor } from "../model/editor.ts";
import type { ShownValue } from "../model/run-state.ts";
import { ClaimLost, type GraphStore } from "./graph-store.ts";
import { openIdbStore } from "./idb-store.ts";
import { createMemoryStore } from "./memory-store.ts";
import { openWorkspace, type OpenWorkspaceOptions } from "./open-workspace.ts";
import type { PictureCodec } from "./picture-codec.ts";
import { entryOf } from "./stored-graph.ts";

const titled = (title: string): GraphDocument => ({ ...emptyGraph(), title });
let count = 0;
const store = (): Promise<GraphStore> => openIdbStore(`test-${++count}`);
/** Keeps pixels as they are, half as large, in the place of the browser's codecs. */
const codec: PictureCodec = {
  encode: async (image) => ({ kind: "encoded-image", width: image.width / 2, height: image.height, bytes: Uint8Array.from(image.data) }),
  decode: async ({ width, height, bytes }) => (bytes.length ? { kind: "image", width: width * 2, height, data: bytes } : null),
};
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function tab(options: Partial<OpenWorkspaceOptions>) {
  const opened = await openWorkspace({ registry: nodes, address: false, codec, ...options });
  const editor = createEditor({ registry: nodes, document: opened.document, ui: opened.ui });
  const stop = vi.fn();
  const workspace = opened.workspace({ editor, files: opened.files, run: { stop }, engine: {}, assets: "/" } as unknown as EditorParts);
  ends.push(() => workspace.dispose());
  const rename = (title: string) => editor.edit([{ kind: "set-document", fields: { title } }]);
  const title = () => editor.store.getState().history.document.title;
  return { ...opened, editor, workspace, rename, title, stop, notices: () => editor.store.getState().ui.notices };
}

const textOf = async (kept: GraphStore, id: string): Promise<GraphDocument> => JSON.parse((await kept.text(id))!) as GraphDocument;
const until = (holds: () => boolean | Promise<boolean>): Promise<void> => vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 2000, interval: 5 });

describe("saving", () => {
  it("writes an edit by itself, and counts it as saved only then", async () => {
    const kept = await store();
    const a = await tab({ store: kept, initial: async () => ({ document: titled("Before") }) });
    expect(a.workspace.saveState()).toEqual({ phase: "saved", savedRevision: 0, revision: 0 });
    a.rename("After");
    expect(a.workspace.saveState()).toMatchObject({ phase: "unsaved", savedRevision: 0, revision: 1 });
    await until(() => a.workspace.saveState().savedRevision === 1);
    expect((await textOf(kept, a.workspace.current)).title).toBe("After");
    const again = await tab({ store: kept });
    expect(again.title()).toBe("After");
    expect(again.workspace.saveState().revision).toBe(1);
  });

  it("writes undo and redo too, and many edits in few writes", async () => {
    const kept = await store();
    const save = vi.spyOn(kept, "save");
    const a = await tab({ store: kept });
    for (let i = 0; i < 50; i++) a.rename(`T${i}`);
    a.editor.undo();
    await a.workspace.flush();
    expect(a.workspace.saveState()).toMatchObject({ revision: 51, savedRevision: 51 });
    expect((await textOf(kept, a.workspace.current)).title).toBe("T48");
    expect(save.mock.calls.length).toBeLessThan(4);
  });

  it("keeps the view, and results as values that are no longer fresh", async () => {
    const kept = await store();
    const a = await tab({ store: kept, initial: async () => ({ document: { ...titled("Results"), nodes: [{ id: "photo", type: "Image", version: 1, params: {}, position: { x: 0, y: 0 } }] } }) });
    a.editor.setUi({ panels: { library: false, inspector: true, problems: true }, viewport: { x: 1, y: 2, zoom: 0.5 } });
    const image: ImageValue = { kind: "image", width: 4, height: 1, data: Uint8Array.from({ length: 12 }, (_, i) => i) };
    const shown = (value: ShownValue["value"]): ShownValue => ({ value, fresh: true, summary: { kind: value!.kind, bytes: 12, thumbnail: image } });
    const gallery = { kind: "gallery" as const, network: "face-128", width: 2, entries: [{ name: "Nora", encoding: Float32Array.of(1, 2) }] };
    a.editor.store.setState((s) => ({ run: { ...s.run, values: new Map([["photo.image", shown(image)], ["photo.gallery", shown(gallery)], ["gone.x", shown(image)]]) } }));
    await a.workspace.flush();
    const b = await tab({ store: kept });
    expect(b.ui).toMatchObject({ panels: { library: false, inspector: true, problems: true }, viewport: { x: 1, y: 2, zoom: 0.5 }, snap: true, minimap: true });
    await until(() => b.editor.store.getState().run.values.size > 0);
    const { values } = b.editor.store.getState().run;
    expect([...values.keys()]).toEqual(["photo.image", "photo.gallery"]);
    expect(values.get("photo.image")).toEqual({ value: image, fresh: false, summary: { kind: "image", bytes: 12, thumbnail: image } });
    expect(values.get("photo.gallery")!.value).toEqual(gallery);
    expect((await b.workspace.list())[0]!.picture).toMatch(/^data:image/);
  });
});

describe("when storage fails", () => {
  it("says so in full, keeps the last save, offers the export, and tries again with the next edit", async () => {
    const kept = await store();
    const a = await tab({ store: kept });
    a.rename("Kept");
    await a.workspace.flush();
    const save = vi.spyOn(kept, "save").mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
    a.rename("Lost?");
    await a.workspace.flush();
    expect(a.workspace.saveState()).toMatchObject({ phase: "failed", savedRevision: 1, revision: 2 });
    expect(a.workspace.saveState().reason).toMatch(/^This browser has no room left/);
    expect(a.notices().at(-1)).toMatchObject({ kind: "error", action: { title: "Export" } });
    expect((await textOf(kept, a.workspace.current)).title).toBe("Kept");
    await expect(a.workspace.create(titled("Other"))).rejects.toThrow();
    save.mockRestore();
    a.rename("Saved after all");
    await until(() => a.workspace.saveState().phase === "saved");
    expect((await textOf(kept, a.workspace.current)).title).toBe("Saved after all");
  });

  it("works in memory where the browser keeps nothing, and says so", async () => {
    const a = await tab({ store: createMemoryStore() });
    expect(a.workspace.persistent).toBe(false);
    expect(a.workspace.saveState().phase).toBe("unsaved");
    expect(a.notices()[0]!.text).toContain("keeps nothing");
    const path = await a.files.add("a.png", Uint8Array.of(1));
    const copy = await a.workspace.duplicate(a.workspace.current);
    await a.workspace.open(copy);
    expect(await a.files.read(path)).toEqual(Uint8Array.of(1));
  });

  it("never writes over a graph that it cannot read", async () => {
    const kept = await store();
    const newer = JSON.stringify({ ...titled("Of tomorrow"), version: 99 });
    await kept.create({ entry: { ...entryOf(titled("Of tomorrow"), nodes), id: "newer" }, text: newer });
    const a = await tab({ store: kept, requested: "newer" });
    expect(a.editor.store.getState().readOnly).toContain("newer Patchbay");
    expect(a.notices().some((notice) => notice.action?.title === "Download")).toBe(true);
    a.rename("Mine");
    await a.workspace.flush();
    expect(await kept.text("newer")).toBe(newer);
  });

  it("keeps what it found of a graph that it could read in part", async () => {
    const kept = await store();
    const broken = JSON.stringify({ ...titled("Edited by hand"), nodes: [{ id: "ok", type: "Image", version: 1, params: {}, position: { x: 0, y: 0 } }, { id: "..bad..", type: 3 }] });
    await kept.create({ entry: { ...entryOf(titled("Edited by hand"), nodes), id: "hand" }, text: broken });
    const a = await tab({ store: kept, requested: "hand" });
    expect(a.editor.store.getState().history.document.nodes.map((node) => node.id)).toEqual(["ok"]);
    expect(await kept.text("hand")).toBe(broken);
    a.rename("Mended");
    await a.workspace.flush();
    expect(await a.workspace.found("hand")).toBe(broken);
    expect((await a.workspace.list())[0]).toMatchObject({ title: "Mended", incomplete: true });
  });
});

describe("two that edit one graph", () => {
  it("storage lets only the last claim write, and fails as a whole for the others", async () => {
    const kept = await store();
    const entry = entryOf(titled("A"), nodes);
    await kept.create({ entry, text: "a" });
    const [first, second] = [await kept.claim(entry.id), await kept.claim(entry.id)];
    await expect(kept.save({ claim: first, entry: { ...entry, title: "stale" }, text: "stale" })).rejects.toThrow(ClaimLost);
    expect([await kept.text(entry.id), (await kept.entry(entry.id))!.title]).toEqual(["a", "A"]);
    await kept.save({ claim: second, entry, text: "b" });
    await kept.save({ claim: second, entry, text: "c" });
    expect(await kept.text(entry.id)).toBe("c");
  });

  it("edits that come too late become a graph of their own", async () => {
    const kept = await store();
    const a = await tab({ store: kept });
    a.rename("First");
    await a.workspace.flush();
    const b = await tab({ store: kept }); // Without Web Locks, as here, the last to open edits.
    b.rename("Of the second");
    await b.workspace.flush();
    a.rename("Too late");
    await until(async () => (await kept.entries()).length === 2);
    await until(() => a.editor.store.getState().readOnly !== null);
    expect((await textOf(kept, b.workspace.current)).title).toBe("Of the second");
    expect((await kept.entries()).map((entry) => entry.title).sort()).toEqual(["Of the second", "Too late (edits of another tab)"]);
    await until(() => a.title() === "Of the second");
    b.rename("Followed");
    await until(() => a.title() === "Followed");
  });
});

describe("several graphs", () => {
  it("share the content of files until the last one is deleted for good", async () => {
    const kept = await store();
    const name = `test-${count}`;
    const a = await tab({ store: kept, initial: async () => ({ document: titled("One"), files: new Map([["p.png", Uint8Array.of(1, 2, 3)]]) }) });
    const one = a.workspace.current;
    expect(await a.files.add("p.png", Uint8Array.of(1, 2, 3))).toBe("p.png");
    expect(await a.files.add("p.png", Uint8Array.of(9))).toBe("p-2.png");
    const two = await a.workspace.duplicate(one);
    const db = await openDB(name);
    expect(await db.count("contents")).toBe(2);
    await a.workspace.open(two);
    expect(a.stop).toHaveBeenCalled();
    expect(a.title()).toBe("One copy");
    await a.workspace.remove(one);
    await a.workspace.purge(one);
    expect(await db.count("contents")).toBe(2);
    expect(await a.files.read("p.png")).toEqual(Uint8Array.of(1, 2, 3));
    await a.workspace.remove(two);
    await a.workspace.purge(two);
    expect(await db.count("contents")).toBe(0);
    db.close();
  });

  it("takes a deleted graph back, opened again, with its files", async () => {
    const kept = await store();
    const a = await tab({ store: kept, initial: async () => ({ document: titled("Dear"), files: new Map([["p.png", Uint8Array.of(7)]]) }) });
    const id = a.workspace.current;
    const takeBack = await a.workspace.remove(id);
    expect(a.workspace.current).not.toBe(id);
    expect((await a.workspace.trash()).map((graph) => graph.title)).toEqual(["Dear"]);
    expect(a.notices().at(-1)).toMatchObject({ action: { title: "Undo" } });
    await takeBack();
    expect([a.workspace.current, a.title(), await a.workspace.trash()]).toEqual([id, "Dear", []]);
    expect(await a.files.read("p.png")).toEqual(Uint8Array.of(7));
    expect(a.editor.store.getState().readOnly).toBeNull();
  });

  it("makes a graph of its own of a document that somebody gives the editor", async () => {
    const kept = await store();
    const a = await tab({ store: kept, initial: async () => ({ document: titled("Mine") }) });
    const before = a.workspace.current;
    a.editor.open(titled("An example"));
    await until(() => a.workspace.current !== before);
    a.rename("Changed example");
    await a.workspace.flush();
    expect((await textOf(kept, before)).title).toBe("Mine");
    expect((await textOf(kept, a.workspace.current)).title).toBe("Changed example");
  });

  it("names graphs, the open one with undo", async () => {
    const kept = await store();
    const a = await tab({ store: kept, initial: async () => ({ document: titled("A") }) });
    const other = await a.workspace.duplicate(a.workspace.current);
    await a.workspace.rename(other, "B");
    await a.workspace.rename(a.workspace.current, "C");
    await a.workspace.flush();
    expect((await a.workspace.list()).map((graph) => graph.title).sort()).toEqual(["B", "C"]);
    expect((await textOf(kept, other)).title).toBe("B");
    a.editor.undo();
    expect(a.title()).toBe("A");
  });
});
