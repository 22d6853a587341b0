import { expect, test } from "vitest";
import { keyText } from "./key-text.ts";

test("a Mac joins signs in its own order, others write words", () => {
  expect(keyText("$mod+Shift+KeyZ", true)).toBe("⇧⌘Z");
  expect(keyText("$mod+Shift+KeyZ", false)).toBe("Ctrl+Shift+Z");
  expect(keyText("Alt+ArrowLeft", false)).toBe("Alt+←");
  expect(keyText("?", false)).toBe("?");
  expect(keyText("$mod+Digit1", false)).toBe("Ctrl+1");
  expect(keyText("g g", false)).toBe("G G");
});
