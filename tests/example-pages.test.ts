/** Every example has a page whose drawing is what the generator draws now, whose commands exist, and whose output is what is printed. */
import { readdir, readFile, stat } from "node:fs/promises";
import { loadGraph, type LoadedGraph } from "@patchbay/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graphDiagram } from "../apps/cli/src/docs/graph-diagram.ts";
import { build, patchbay } from "./cli/patchbay.ts";

const names = (await readdir("examples")).filter((f) => f.endsWith(".json")).map((f) => f.replace(".json", ""));
const page = (name: string) => readFile(`docs/examples/${name}.md`, "utf8");
const graphs = new Map<string, Promise<LoadedGraph>>();
const open = (file: string) => graphs.get(file) ?? graphs.set(file, loadGraph(file)).get(file)!;
afterAll(async () => {
  for (const graph of graphs.values()) await (await graph).dispose();
});

/** Commands of fenced blocks and of inline code. */
const commands = (text: string) => [...text.matchAll(/npx patchbay ([^\n`]+)/g)].map(([, line]) => line!.trim().split(/\s+/));
/** `--flag NAME=VALUE` and `-o FILE`, as the pages write them: without quotes. */
const settings = (words: readonly string[], flag: string) => words.flatMap((word, i) => (word === flag ? [words[i + 1]!.split("=") as [string, string?]] : []));

/** Words are equal; a number may differ by one in its last printed digit, which processors round differently. */
function samePrint(printed: string, promised: string): void {
  const numbers = /-?\d+\.\d+/g;
  expect(printed.replaceAll(numbers, "#")).toBe(promised.replaceAll(numbers, "#"));
  const got = printed.match(numbers) ?? [];
  (promised.match(numbers) ?? []).forEach((want, i) => expect(Math.abs(Number(got[i]) - Number(want)), `${got[i]} for ${want}`).toBeLessThanOrEqual(1.01 * 10 ** -want.split(".")[1]!.length));
}

describe.each(names)("docs/examples/%s.md", (name) => {
  it("shows the graph as it is drawn now (npm run docs:pictures -- diagrams)", async () => {
    const { document, inference, diagnostics } = await open(`examples/${name}.json`);
    expect(diagnostics).toEqual([]);
    expect(await readFile(`docs/images/graph-${name}.svg`, "utf8")).toBe(graphDiagram(document, inference));
    expect(await page(name)).toContain(`](../images/graph-${name}.svg)`);
  });

  it("has commands that name what exists", async () => {
    const all = commands(await page(name));
    expect(all.some(([verb, file]) => verb === "run" && file === `examples/${name}.json`)).toBe(true);
    for (const words of all) {
      expect(["run", "check", "export", "gallery"]).toContain(words[0]);
      if (words[0] === "gallery") continue;
      const { document } = await open(words[1]!);
      for (const [input] of settings(words, "--input")) expect(document.interface.inputs.map((i) => i.name), words.join(" ")).toContain(input);
      for (const [output] of settings(words, "--output")) expect(document.interface.outputs.map((o) => o.name), words.join(" ")).toContain(output);
    }
    // Also where only the setting is told: `--set node.param=value`.
    const { inference, document } = await open(`examples/${name}.json`);
    for (const [, id, param, value] of (await page(name)).matchAll(/--set ([\w-]+)\.(\w+)=([^\s`]+)/g)) {
      const spec = inference.flat.byId.get(id!)?.declaration?.params.find((p) => p.name === param);
      expect(spec, `${id}.${param}`).toBeDefined();
      if (spec?.kind === "choice") expect(spec.choices.map((c) => c.value)).toContain(value);
    }
    for (const [, input] of (await page(name)).matchAll(/--input (\w+)=/g)) expect(document.interface.inputs.map((i) => i.name)).toContain(input);
  });

  it("links to what is there", async () => {
    for (const [, target] of (await page(name)).matchAll(/\]\((?!https?:)([^)#]+)/g)) await expect(stat(`docs/examples/${target}`), target).resolves.toBeDefined();
  });
});

describe("what the pages print", async () => {
  beforeAll(() => build());
  const checked = (await Promise.all(names.map(page))).flatMap((text) => [...text.matchAll(/```sh checked\nnpx patchbay ([^\n]+)\n```\n\n```text\n([\s\S]*?)```/g)].map(([, line, promised]) => ({ line: line!, promised: promised! })));

  it("is checked for at least the cheap examples", () => {
    for (const name of names.filter((n) => n !== "style-transfer-gatys")) expect(checked.map((c) => c.line).join("\n")).toContain(`examples/${name}.json`);
  });

  it.each(checked)("$line", async ({ line, promised }) => {
    const { code, stdout, stderr } = await patchbay(line.split(" "));
    expect([code, stderr]).toEqual([0, ""]);
    samePrint(stdout, promised);
  });
});

it("the index names every example, and the pictures stay small enough for a repository", async () => {
  const index = await readFile("docs/examples/README.md", "utf8");
  for (const name of names) expect(index).toContain(`](${name}.md)`);
  for (const [, target] of index.matchAll(/\]\((?!https?:)([^)#]+)/g)) await expect(stat(`docs/examples/${target}`), target).resolves.toBeDefined();
  const sizes = await Promise.all((await readdir("docs/images")).map(async (f) => (await stat(`docs/images/${f}`)).size));
  expect(sizes.reduce((a, b) => a + b)).toBeLessThan(2.5e6);
});
