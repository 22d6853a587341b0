/** docs/cli.md mentions every command and option, and its reference is the one that the command prints. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../apps/cli/src/program.ts";
import { leaves, optionReference, pathOf } from "./reference.ts";

const file = path.join(import.meta.dirname, "../../docs/cli.md");
const program = createProgram({} as never, () => {});
const BEGIN = /<!-- reference:begin[^>]*-->\n/;
const END = "<!-- reference:end -->";

describe("docs/cli.md", () => {
  it("holds the reference that the commands themselves give", () => {
    const docs = readFileSync(file, "utf8");
    const begin = BEGIN.exec(docs)!;
    const [before, after] = [docs.slice(0, begin.index + begin[0].length), docs.slice(docs.indexOf(END))];
    const current = `${before}\n${optionReference(program)}\n\n${after}`;
    if (process.env["UPDATE_DOCS"]) writeFileSync(file, current);
    expect(readFileSync(file, "utf8")).toBe(current);
  });
  it("has exactly the commands of the product", () => {
    expect(leaves(program).map(pathOf)).toEqual(["run", "edit", "check", "export", "nodes", "devices", "gallery enrol", "gallery list", "gallery remove", "gallery verify", "conformance"].map((c) => `patchbay ${c}`));
  });
  it("explains every option of run in its own words too", () => {
    const text = readFileSync(file, "utf8").replace(new RegExp(`${BEGIN.source}[^]*${END}`), "");
    for (const option of ["--input", "--set", "--output", "--seed", "--json", "--manifest", "--allow-read"]) expect(text, option).toContain(`\`${option}`);
  });
});
