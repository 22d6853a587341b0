import { expect, test } from "vitest";
import { emptyGraph } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { createEditor } from "../model/editor.ts";
import { remember } from "../ui/remembered.ts";
import { keepTheme, keptTheme } from "./kept-theme.ts";

test("a theme that was chosen is there on the next visit, until the system's is chosen again", () => {
  const editor = createEditor({ registry: nodes, document: emptyGraph() });
  const end = keepTheme(editor.store);
  expect(keptTheme()).toBe("system");
  editor.setUi({ theme: "dark" });
  expect(keptTheme()).toBe("dark");
  editor.setUi({ minimap: false });
  expect(keptTheme()).toBe("dark");
  editor.setUi({ theme: "system" });
  expect(keptTheme()).toBe("system");
  end();
  editor.setUi({ theme: "light" });
  expect(keptTheme()).toBe("system");
});

test("what is no theme counts as none", () => {
  remember("theme", "purple");
  expect(keptTheme()).toBe("system");
});
