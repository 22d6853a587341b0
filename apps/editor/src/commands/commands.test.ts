import { expect, test } from "vitest";
import { commands } from "./commands.ts";
import { isForControl, isForField } from "./key-target.ts";
import { matchesKey, type Press } from "./match-key.ts";

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more });

test("every command has a name and a shortcut of its own", () => {
  const ids = commands.map((c) => c.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(commands.filter((c) => !c.keys?.length).map((c) => c.id)).toEqual([]);
  const keys = commands.flatMap((c) => c.keys!);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  for (const command of commands) expect(command.title, command.id).toMatch(/^[A-Z][^.]*…?$/);
});

test("no key is taken by two commands, whatever the keyboard writes", () => {
  for (const command of commands)
    for (const keys of command.keys!) {
      const parts = keys.split("+");
      const code = parts.pop()!;
      const letter = /^Key(.)$/.exec(code)?.[1]?.toLowerCase();
      const event = press(letter ?? code, { code, shiftKey: parts.includes("Shift"), altKey: parts.includes("Alt"), ctrlKey: parts.includes("$mod") });
      expect(commands.filter((c) => c.keys!.some((k) => matchesKey(event, k))).map((c) => c.id), keys).toEqual([command.id]);
    }
});

test("letters count by what stands on them, also where they stand elsewhere", () => {
  // A German keyboard: Z where others have Y.
  expect(matchesKey(press("z", { code: "KeyY", ctrlKey: true }), "$mod+KeyZ")).toBe(true);
  expect(matchesKey(press("z", { code: "KeyY", ctrlKey: true }), "$mod+KeyY")).toBe(false);
  // A Russian one has no Latin letters: the place counts.
  expect(matchesKey(press("я", { code: "KeyZ", ctrlKey: true }), "$mod+KeyZ")).toBe(true);
  // Alt on a Mac types other letters.
  expect(matchesKey(press("å", { code: "KeyA", altKey: true }), "Alt+KeyA")).toBe(true);
});

test("signs count however they are typed", () => {
  expect(matchesKey(press("?", { code: "Slash", shiftKey: true }), "?")).toBe(true);
  expect(matchesKey(press("?", { code: "Minus", shiftKey: true }), "?")).toBe(true);
  expect(matchesKey(press("/", { code: "Slash" }), "Slash")).toBe(true);
  expect(matchesKey(press("/", { code: "Digit7", shiftKey: true }), "Slash")).toBe(true);
  // The key there writes a minus on a German keyboard.
  expect(matchesKey(press("-", { code: "Slash" }), "Slash")).toBe(false);
  expect(matchesKey(press("[", { code: "Digit8", ctrlKey: true, altKey: true }), "BracketLeft")).toBe(true);
  expect(matchesKey(press("+", { code: "Equal", ctrlKey: true, shiftKey: true }), "$mod+Equal")).toBe(true);
});

test("modifiers have to be the same", () => {
  expect(matchesKey(press("f"), "KeyF")).toBe(true);
  expect(matchesKey(press("F", { shiftKey: true }), "KeyF")).toBe(false);
  expect(matchesKey(press("f", { ctrlKey: true }), "KeyF")).toBe(false);
  expect(matchesKey(press("Delete", { altKey: true }), "Delete")).toBe(false);
});

test("without a page nothing is a field or a control", () => {
  expect(isForField(null)).toBe(false);
  expect(isForControl({ key: " ", target: null, ctrlKey: false, metaKey: false, altKey: false })).toBe(false);
});
