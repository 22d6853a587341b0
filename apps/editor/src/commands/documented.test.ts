/** docs/editor.md lists the shortcuts that the editor has: `UPDATE_DOCS=1 npx vitest run apps/editor/src/commands/documented` writes the tables anew. */
import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { commands } from "./commands.ts";
import { BACKEND_NAMES } from "../model/backend-names.ts";
import { KIND_LOOK, PORT_KINDS } from "../model/port-kind.ts";
import { keyText } from "../ui/key-text.ts";

const PAGE = "docs/editor.md";
const [BEGIN, END] = ["<!-- shortcuts:begin (written by: UPDATE_DOCS=1 npx vitest run apps/editor/src/commands/documented.test.ts) -->", "<!-- shortcuts:end -->"];

/** As the dialog of shortcuts shows them; a second key for the number pad says nothing new. */
function tables(): string {
  const groups = new Map<string, (typeof commands)[number][]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  const written = (keys: readonly string[], mac: boolean): string => keys.filter((key) => !key.includes("Numpad")).map((key) => `\`${keyText(key, mac)}\``).join(", ");
  return [...groups].map(([group, list]) => [`| ${group} | | on a Mac |`, "| --- | --- | --- |", ...list.map(({ title, keys = [] }) => `| ${title} | ${written(keys, false)} | ${written(keys, true)} |`)].join("\n")).join("\n\n");
}

it("lists every command with its keys", async () => {
  const page = await readFile(PAGE, "utf8");
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  expect(from, "the page has a place for the tables").toBeGreaterThan(0);
  expect(to).toBeGreaterThan(from);
  const wanted = `${page.slice(0, from)}${BEGIN}\n\n${tables()}\n\n${page.slice(to)}`;
  if (process.env["UPDATE_DOCS"]) await writeFile(PAGE, wanted);
  else expect(page).toBe(wanted);
});

it("names keys outside the tables that are the commands' own", async () => {
  const page = await readFile(PAGE, "utf8");
  const known = new Set(commands.flatMap(({ keys = [] }) => keys.map((key) => keyText(key, false))));
  /** What hands do on the canvas, which is no command. */
  const hands = ["Enter", "Tab", "Shift+Tab", "Home", "End", "Shift", "Alt", "Ctrl", "Esc", "Delete", "↵"];
  const text = page.slice(0, page.indexOf(BEGIN));
  const named = [...text.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, key]) => key!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((key) => !known.has(key) && !hands.includes(key))).toEqual([]);
});

it("names every kind of port and every backend as the editor does", async () => {
  const page = (await readFile(PAGE, "utf8")).replace(/\s+/g, " ");
  for (const kind of PORT_KINDS) expect(page).toContain(KIND_LOOK[kind].title);
  for (const id of ["onnx-webgpu", "onnx-wasm", "tfjs-webgpu", "reference"] as const) expect(page).toContain(BACKEND_NAMES[id].long);
});
