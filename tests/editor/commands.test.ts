/** Every action: its shortcut, the list of shortcuts, the command palette, and keys that belong to somebody else. */
import { describe, expect, it } from "vitest";
import { commands } from "../../apps/editor/src/commands/commands.ts";
import { keyText } from "../../apps/editor/src/ui/key-text.ts";
import { openEditor } from "./app.ts";
import { command, DISTANCE, openGraph, selectNodes, view } from "./hands.ts";

/** `$mod+Shift+KeyZ` as a browser reports it, on a keyboard for English. */
const normal = (keys: string): string => {
  const parts = keys.split("+");
  const key = parts.pop()!;
  return [...parts.sort(), key === "?" ? "Shift+Slash" : key].join("+").split("+").sort().join("+");
};

describe("shortcuts", () => {
  it("are there for every command, and no two are the same", () => {
    expect(commands.length).toBeGreaterThan(60);
    expect(commands.filter((one) => !one.keys?.length).map((one) => one.id)).toEqual([]);
    const owners = new Map<string, string[]>();
    for (const { id, keys } of commands) for (const key of keys!) owners.set(normal(key), [...(owners.get(normal(key)) ?? []), id]);
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
    expect(new Set(commands.map((one) => one.title)).size).toBe(commands.length);
  });

  it("are listed by “?”, each beside its command, and are found by words", async () => {
    const app = await openEditor();
    await app.region("Canvas").focus();
    await app.page.keyboard.press("?");
    const list = app.dialog("Keyboard shortcuts");
    await list.waitFor();
    const rows = await list.locator("dl > div").evaluateAll((all) => all.map((row) => [row.querySelector("dt")!.textContent, [...row.querySelectorAll("kbd")].map((key) => key.textContent)] as const));
    const shown = new Map(rows);
    for (const { title, keys } of commands) expect(shown.get(title), title).toEqual(keys!.filter((key) => !key.includes("Numpad")).map((key) => keyText(key, false)));
    await list.getByRole("searchbox").fill("tidy");
    await expect.poll(() => list.locator("dt").allInnerTexts()).toEqual(["Arrange automatically"]);
    await app.press("Escape");
    await list.waitFor({ state: "detached" });
    await expect.poll(() => app.region("Canvas").evaluate((e) => document.activeElement === e)).toBe(true);
  });
});

describe("the command palette", () => {
  it("lists every command that can be run now, and runs it", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    await selectNodes(app, "l", "d");
    await app.press("$mod+KeyK");
    const palette = app.dialog("Command palette");
    await palette.waitFor();
    const titles = new Set(await palette.locator(".pb-palette-title").allInnerTexts());
    const off = new Set(["undo", "redo", "distribute-horizontally", "distribute-vertically", "insert-on-wire", "frame-color", "unpack-subgraph", "enter-subgraph", "leave-subgraph", "stop", "run-to-node", "continue", "inspect-value", "compare", "command-palette", "see-layers"]);
    expect(commands.filter((one) => !titles.has(one.title)).map((one) => one.id).sort()).toEqual([...off].sort());
    await app.press("Escape");
    await palette.waitFor({ state: "detached" });

    const selected = async (): Promise<string[]> => [...(await app.state()).selected].sort();
    const position = async (id: string) => (await app.document()).nodes.find((n) => n.id === id)!.position;
    const ids = async () => (await app.document()).nodes.map((n) => n.id);
    const start = await app.document();
    /** Runs it, sees what it did, and takes it back. */
    const edits = async (title: string, see: () => Promise<unknown>, expected: unknown): Promise<void> => {
      await command(app, title);
      await expect.poll(see, { message: title }).toEqual(expected);
      await command(app, "Undo");
      await expect.poll(() => app.document(), { message: `Undo of ${title}` }).toEqual(start);
    };
    await edits("Move left", () => position("l"), { x: 304, y: 0 });
    await edits("Move down by a pixel", () => position("l"), { x: 320, y: 1 });
    await selectNodes(app, "l", "d");
    await edits("Mute", async () => (await app.document()).nodes.filter((n) => n.muted).map((n) => n.id), ["l", "d"]);
    await edits("Disconnect", async () => (await app.document()).wires, [{ from: "l.y", to: "d.a" }]);
    await edits("Delete and close the gap", async () => (await ids()).includes("d"), false);
    await selectNodes(app, "d");
    await edits("Duplicate with wires", async () => (await app.document()).wires.length, 6);
    await selectNodes(app, "d");
    await command(app, "Select what feeds it");
    await expect.poll(selected).toEqual(["c1", "c2", "d", "l"]);
    await command(app, "Invert selection");
    await expect.poll(selected).toEqual(["v"]);
    await command(app, "Select all");
    await expect.poll(selected).toHaveLength(5);
    await command(app, "Select none");
    await expect.poll(selected).toEqual([]);

    // Windows that open, and give the focus back when they close.
    for (const [title, name] of [["History…", "History"], ["Open graph…", /graphs/i], ["Examples…", "Examples"], ["Export…", /Export/], ["Share link…", /Share/], ["Inputs and outputs…", /Inputs and outputs/], ["Keyboard shortcuts", "Keyboard shortcuts"]] as const) {
      await app.region("Canvas").focus();
      await command(app, title);
      await app.dialog(name).waitFor();
      await app.press("Escape");
      await app.dialog(name).waitFor({ state: "detached" });
      await expect.poll(() => app.region("Canvas").evaluate((e) => document.activeElement === e), { message: `focus after ${title}` }).toBe(true);
    }
    // Panels, and what is drawn around the canvas.
    for (const [title, region] of [["Node library", "Node library"], ["Inspector", "Inspector"]] as const) {
      await command(app, title);
      await expect.poll(() => app.region(region).count(), { message: title }).toBe(0);
      await command(app, title);
      await app.region(region).waitFor();
    }
    const theme = () => app.page.locator(".pb-root").getAttribute("data-theme");
    expect(await theme()).toBe("system");
    await command(app, "Switch theme");
    await expect.poll(theme).toBe("light");
    await command(app, "Live");
    await expect.poll(async () => (await app.state()).live).toBe(true);
    await command(app, "Live");
    await command(app, "Rename graph");
    await expect.poll(() => app.page.getByRole("textbox", { name: "Graph title" }).evaluate((e) => document.activeElement === e)).toBe(true);
    await app.press("Escape");
    const { zoom } = await view(app);
    await command(app, "Zoom in");
    await expect.poll(async () => (await view(app)).zoom).toBeGreaterThan(zoom * 1.1);

    // What it also finds: nodes to add and to go to, and examples.
    await app.press("$mod+KeyK");
    await palette.getByRole("combobox").fill("add gram");
    await app.press("Enter");
    await expect.poll(async () => (await app.document()).nodes.some((n) => n.type === "GramMatrix")).toBe(true);
    await app.press("$mod+KeyK");
    await palette.getByRole("combobox").fill("go to value output");
    await app.press("Enter");
    await expect.poll(selected).toEqual(["v"]);
    await app.press("$mod+KeyK");
    await palette.getByRole("combobox").fill("new graph");
    await app.press("Enter");
    await expect.poll(ids).toEqual([]);
  });
});

describe("keys", () => {
  it("write text while a field has the focus", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    await selectNodes(app, "d");
    const before = await app.document();
    const words = "mcrn lf?[1 4/";
    const fields: readonly [string, () => Promise<void>, () => Promise<string>][] = [
      ["Search nodes", () => app.page.getByLabel("Search nodes").first().click(), () => app.page.getByLabel("Search nodes").first().inputValue()],
      ["Graph title", () => app.page.getByRole("textbox", { name: "Graph title" }).click(), () => app.page.getByRole("textbox", { name: "Graph title" }).inputValue()],
    ];
    for (const [name, go, text] of fields) {
      await go();
      await app.press("$mod+KeyA");
      await app.page.keyboard.type(`${words}x`);
      await app.press("Backspace");
      expect(await text(), name).toBe(words);
      // The field's own undo, not the graph's; and its own clipboard.
      await app.press("$mod+KeyA");
      await app.press("$mod+KeyX");
      expect(await text(), name).toBe("");
      await app.press("$mod+KeyV");
      expect(await text(), name).toBe(words);
      await app.press("Escape");
    }
    await app.node("d").locator(".pb-node-title").dblclick();
    await app.page.keyboard.type(words);
    await app.press("Delete");
    // Given up; and the keys are the node's again.
    await app.press("Escape");
    expect(await app.document()).toEqual(before);
    expect(await app.node("d").locator(".pb-node").evaluate((e) => document.activeElement === e)).toBe(true);
    expect(await app.page.getByRole("dialog").count()).toBe(0);
    // Nor are they the canvas's while a button has the focus.
    await app.button("Undo").or(app.button("Examples")).last().focus();
    await app.press("Space");
    await app.dialog("Examples").waitFor();
    await app.press("Escape");
    expect(await app.document()).toEqual(before);
  });

  it("that are the browser's stay the browser's", async () => {
    const app = await openEditor();
    await openGraph(app, DISTANCE);
    await app.page.evaluate(() => {
      const taken: string[] = [];
      Object.assign(globalThis, { taken });
      // After everybody else; and then the browser does not do it here.
      addEventListener("keydown", (event) => {
        // A modifier alone does nothing in a browser.
        if (event.defaultPrevented && !/^(Control|Shift|Alt|Meta)/.test(event.code)) taken.push(`${event.ctrlKey ? "Control+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`);
        event.preventDefault();
      });
    });
    const theirs = ["Control+KeyT", "Control+KeyW", "Control+KeyN", "Control+KeyR", "Control+Shift+KeyR", "Control+KeyL", "Control+KeyF", "Control+KeyP", "Control+KeyH", "Control+KeyJ", "Control+KeyU", "Control+Shift+KeyT", "Control+Shift+KeyN", "Control+Shift+KeyI", "Control+Shift+KeyJ", "Control+Digit0", "Control+Digit1", "Control+Digit9", "F3", "F5", "F6", "F11", "F12", "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+KeyF", "Alt+KeyE", "PageUp", "PageDown", "Tab"];
    const taken = () => app.page.evaluate(() => (globalThis as unknown as { taken: string[] }).taken);
    await selectNodes(app, "d");
    for (const keys of theirs) await app.press(keys);
    expect(await taken()).toEqual([]);
    // The editor's own are taken: their counterpart.
    await app.region("Canvas").focus();
    await app.press("Control+KeyA");
    expect(await taken()).toEqual(["Control+KeyA"]);
  });
});

