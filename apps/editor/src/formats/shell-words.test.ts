import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandText, posixWord, powershellWord } from "./shell-words.ts";

/** Hands the words to a real shell and reads back what a program would be given. */
const throughShell = (line: string): string[] => execFileSync("/bin/sh", ["-c", `for word in ${line}; do printf '%s\\0' "$word"; done`], { encoding: "utf8" }).split("\0").slice(0, -1);

describe("words for shells", () => {
  it("leaves plain words as they are", () => {
    expect(posixWord("photo=people/Nora_1.jpg")).toBe("photo=people/Nora_1.jpg");
    expect(powershellWord("graph.json")).toBe("graph.json");
  });

  it("passes every word through sh unchanged", () => {
    const nasty = ["", " ", "it's", `"`, "$HOME", "`id`", "a;b|c&d>e<f", "*", "~", "!x", "#x", "\\", "line\nbreak", "=x", "-x", "{a,b}", "(x)", "ü 𝄞", "'''", "a'b\"c$d`e"];
    expect(throughShell(nasty.map(posixWord).join(" "))).toEqual(nasty);
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 30 }).map((text) => text.replaceAll("\0", "")), { minLength: 1, maxLength: 6 }), (words) => {
      expect(throughShell(words.map(posixWord).join(" "))).toEqual(words);
    }), { numRuns: 40 });
  });

  it("passes a long command that is broken over lines", () => {
    const groups = [["a", "b c"], ...Array.from({ length: 8 }, (_, i) => ["--input", `name${i}=the file's ${i}.jpg`])];
    const text = commandText(groups, "posix");
    expect(text).toContain("\\\n");
    expect(throughShell(text)).toEqual(groups.flat());
  });

  it("doubles quotes for PowerShell, the curly ones too", () => {
    expect(powershellWord("it's")).toBe("'it''s'");
    expect(powershellWord("a’b")).toBe("'a’’b'");
    expect(powershellWord("$env:X")).toBe("'$env:X'");
  });
});
