import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inferGraph } from "../infer/infer-graph.ts";
import { sampleRegistry as registry } from "../testing/sample-registry.ts";
import { FORMAT_HISTORY } from "./format-history.ts";
import { parseGraph } from "./parse-graph.ts";
import { serializeGraph } from "./serialize-graph.ts";

const folder = fileURLToPath(new URL("../../../../tests/fixtures/formats/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

describe("files of every version of the format", () => {
  it("are there for each version ever written", () => {
    for (let version = 1; version <= FORMAT_HISTORY.version; version++) expect(files.some((name) => name.startsWith(`v${version}/`)), `v${version}`).toBe(true);
  });

  it.each(files)("%s is read and written back", (name) => {
    const { document, diagnostics } = parseGraph(readFileSync(folder + name, "utf8"), { registry });
    expect({ diagnostics, document }).toMatchSnapshot("read");
    const text = serializeGraph(document!);
    expect(text).toMatchSnapshot("written");
    expect(parseGraph(text, { registry })).toEqual({ document, diagnostics: [] });
    expect(inferGraph(document!, registry).diagnostics.map((d) => d.code)).toEqual(name.includes("nested") ? ["unknown-node-type"] : []);
  });
});
