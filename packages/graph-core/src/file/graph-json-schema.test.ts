import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { arbitraryGraph } from "../testing/arbitrary-graph.ts";
import { graph, node, sampleRegistry } from "../testing/sample-registry.ts";
import { graphJsonSchema } from "./graph-json-schema.ts";

const schema = graphJsonSchema(sampleRegistry);
const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(schema);
const problems = (file: unknown): string[] => (validate(file) ? [] : validate.errors!.map((e) => `${e.instancePath} ${e.message}`));

const fixtures = fileURLToPath(new URL("../../../../tests/fixtures/formats/v1/", import.meta.url));

describe("the JSON Schema of graphs", () => {
  it.each(readdirSync(fixtures))("accepts %s", (name) => expect(problems(JSON.parse(readFileSync(fixtures + name, "utf8")))).toEqual([]));

  it("accepts whatever the reader accepts, for types it does not know", () => {
    fc.assert(
      fc.property(arbitraryGraph, (document) => {
        const renamed = JSON.parse(JSON.stringify(document).replaceAll('"type":"', '"type":"Other')) as unknown;
        expect(problems(renamed)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("knows each type's parameters", () => {
    const params = (type: string, values: { [name: string]: never | unknown }): string[] => problems(graph([node("n", type, values as never)]));
    expect(params("Resize", { width: 64 })).toEqual([]);
    expect(params("Resize", { width: 0.5 })).toContain("/nodes/0/params/width must be integer");
    expect(params("Resize", { width: 9999 })).toContain("/nodes/0/params/width must be <= 4096");
    expect(params("Resize", { hight: 1 })).toContain("/nodes/0/params must NOT have additional properties");
    expect(params("Distance", { metric: "cosin" })).toContain("/nodes/0/params/metric must be equal to one of the allowed values");
    expect(params("Total", { weights: [[1], 2] })).toEqual([]);
    expect(params("Total", { weights: ["x"] })).not.toEqual([]);
    expect(params("Optimiser", { layers: ["a", "a"] })).not.toEqual([]);
    expect(params("Unheard", { any: { thing: [null] } })).toEqual([]);
  });

  it("lets old versions' parameters pass, which the reader migrates", () => {
    expect(problems(graph([node("t", "Threshold", { tau: 1 }, { version: 1 })]))).toEqual([]);
    expect(problems(graph([node("t", "Threshold", { tau: 1 })]))).not.toEqual([]);
  });

  it("refuses newer formats, bad ids, stray fields and wires without ports", () => {
    expect(problems({ ...graph([]), version: 2 })).not.toEqual([]);
    expect(problems({ ...graph([]), format: "other" })).not.toEqual([]);
    expect(problems(graph([node("a.b", "Image")]))).not.toEqual([]);
    expect(problems(graph([{ ...node("a", "Image"), colour: "red" } as never]))).not.toEqual([]);
    expect(problems(graph([node("a", "Image")], ["a -> a.image"]))).not.toEqual([]);
    expect(problems(graph([node("a", "Conv")], [], { inputs: [{ name: "x", node: "a", param: "kernel", port: "image" }] }))).not.toEqual([]);
  });
});
