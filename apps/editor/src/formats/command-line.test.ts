import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { applyChanges, inferGraph, type Change, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { describe, expect, it } from "vitest";
import { commandLine } from "./command-line.ts";
import { typescriptSnippet } from "./snippet.ts";

const example = (name: string): GraphDocument => JSON.parse(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8")) as GraphDocument;
const edited = (document: GraphDocument, ...changes: Change[]): GraphDocument => applyChanges(document, changes, { registry: nodes }).document;
const types = (document: GraphDocument) => inferGraph(document, nodes, { facts: {} }).types;
const verification = example("face-verification");

describe("the command line", () => {
  it("runs the exported file, and saves pictures", () => {
    const style = example("style-transfer");
    const line = commandLine(style, { registry: nodes, shell: "posix", file: "style.json", types: types(style) });
    expect(line.replace(/\s*\\\n\s*/g, " ")).toMatch(/^patchbay run style\.json .*--output image=\S+\.png$/);
    expect(commandLine(verification, { registry: nodes, shell: "posix", file: "-x.json" })).toBe("patchbay run ./-x.json");
  });

  it("asks for files that are not there: by the input's name, else by node and parameter", () => {
    const document = edited(verification, { kind: "set-param", node: "photo", param: "file", value: "it's me.jpg" });
    const line = commandLine(document, { registry: nodes, shell: "posix", file: "g.json", missing: ["it's me.jpg"] });
    const words = execFileSync("/bin/sh", ["-c", `patchbay() { printf '%s\\0' "$@"; }; ${line}`], { encoding: "utf8" }).split("\0").slice(0, -1);
    expect(words).toEqual(["run", "g.json", "--input", "photo=it's me.jpg"]);
    const bare = { ...document, interface: { inputs: [], outputs: [] } };
    expect(commandLine(bare, { registry: nodes, shell: "powershell", file: "g.json", missing: ["it's me.jpg"] })).toBe("patchbay run g.json --set 'photo.file=it''s me.jpg'");
  });

  it("sets only what differs from the file that is run", () => {
    const document = edited(verification, { kind: "set-param", node: "threshold", param: "threshold", value: 0.45 }, { kind: "set-param", node: "photo-faces", param: "minScore", value: 0.9 }, { kind: "move-nodes", positions: { photo: { x: 1, y: 2 } } });
    const line = commandLine(document, { registry: nodes, shell: "posix", file: "examples/face-verification.json", holds: verification });
    expect(line).toContain("--input threshold=0.45");
    expect(line).not.toContain("photo=");
  });
});

describe("an input that leads to several parameters", () => {
  const style = example("style-transfer");
  const [first, second] = style.interface.inputs.filter((input) => input.name === "width");
  const wide = (value: number, ...inputs: (typeof first)[]) => edited(style, ...inputs.map((input): Change => ({ kind: "set-param", node: input!.node, param: input!.param!, value })));
  const line = (document: GraphDocument) => commandLine(document, { registry: nodes, shell: "posix", file: "style.json", holds: style });

  it("is given once", () => {
    expect(line(wide(320, first, second)).match(/width=/g)).toEqual(["width="]);
    expect(typescriptSnippet(style, { registry: nodes, file: "g.json" }).match(/^ {4}width:/gm)).toHaveLength(1);
  });

  it("is not given where the parameters differ: each goes by its own name", () => {
    const document = wide(320, first);
    expect(line(document)).toContain(`--set ${first!.node}.${first!.param}=320`);
    expect(line(document)).not.toContain("--input width");
    expect(typescriptSnippet(document, { registry: nodes, file: "g.json" })).not.toMatch(/^ {4}width:/m);
  });
});

describe("the program", () => {
  it("loads the file and gives the inputs their values", () => {
    const text = typescriptSnippet(verification, { registry: nodes, file: "face-verification.json", types: types(verification) });
    expect(text).toContain('await loadGraph("./face-verification.json")');
    expect(text).toContain("threshold: 0.6,");
    expect(text).toContain("console.log(outputs.decision); // a value of kind “decision”");
  });

  it("shows the files that the exported graph holds, and gives those that it lacks", () => {
    const document = edited(verification, { kind: "set-param", node: "photo", param: "file", value: "me.jpg" }, { kind: "set-param", node: "reference", param: "file", value: `data:image/png;base64,${"A".repeat(400)}` });
    const text = typescriptSnippet(document, { registry: nodes, file: "g.json" });
    expect(text).toMatch(/^ {4}\/\/ photo: "me\.jpg",/m);
    expect(text).toMatch(/^ {4}\/\/ reference: "…" \/\* a file of 0 kB inside the graph/m);
    expect(typescriptSnippet(document, { registry: nodes, file: "g.json", missing: ["me.jpg"] })).toMatch(/^ {4}photo: "me\.jpg",/m);
    // A package's file is found wherever the package is.
    expect(typescriptSnippet(verification, { registry: nodes, file: "g.json" })).toMatch(/^ {4}photo: "npm:/m);
  });

  it("cannot be broken out of by names and comments", () => {
    const document: GraphDocument = { ...verification, interface: { inputs: [{ name: "a b\"", node: "photo", param: "file", doc: "x\nprocess.exit()\u2028y" }], outputs: [{ name: "0;x", node: "threshold", port: "decision" }] } };
    const text = typescriptSnippet(document, { registry: nodes, file: "g.json" });
    expect(text.split("\n").some((line) => line.startsWith("process"))).toBe(false);
    expect(text).toContain('"a b\\"":');
    expect(text).toContain('outputs["0;x"]');
  });
});
