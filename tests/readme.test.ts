/** The README's embedding example runs as it stands, and its commands name what exists. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { loadGraph } from "@patchbay/runtime";

const readme = await readFile("README.md", "utf8");
const scratch = `tests/__readme-${process.pid}.ts`;

describe("README.md", () => {
  afterAll(() => rm(scratch, { force: true }));

  it("shows an embedding example that runs", async () => {
    const [, code] = /```ts run\n([\s\S]*?)```/.exec(readme)!;
    await writeFile(scratch, code!);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(/* @vite-ignore */ `${process.cwd()}/${scratch}`);
    const calls = log.mock.calls;
    log.mockRestore();
    expect(calls.at(-1)![0]).toMatchObject({ kind: "decision", threshold: 0.6 });
    expect(typeof calls.at(-1)![2]).toBe("number");
    expect(calls.some(([node]) => node === "distance")).toBe(true);
  });

  it("names inputs, outputs and files that exist", async () => {
    const commands = [...readme.matchAll(/npx patchbay run (\S+)(.*)/g)];
    expect(commands.length).toBeGreaterThan(2);
    for (const [, file, rest] of commands) {
      const graph = await loadGraph(file!);
      const { inputs, outputs } = graph.document.interface;
      for (const [, name] of rest!.matchAll(/--input (\w+)=/g)) expect(inputs.map((i) => i.name)).toContain(name);
      for (const [, name] of rest!.matchAll(/--output (\w+)=/g)) expect(outputs.map((o) => o.name)).toContain(name);
      await graph.dispose();
    }
    for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) await expect(readFile(path!).catch((e: NodeJS.ErrnoException) => e.code), path).resolves.not.toBe("ENOENT");
    const scripts = (JSON.parse(await readFile("package.json", "utf8")) as { scripts: object }).scripts;
    for (const [, name] of readme.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
  });
});
