/** `patchbay conformance`: ONNX's own test cases where they are installed, and cases that must fail where they must. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, it } from "vitest";
import { TensorProtoSchema } from "../../packages/runtime/src/onnx/generated/onnx_pb.ts";
import { ONNX_OPERATORS } from "../../packages/runtime/src/onnx/import/operators.ts";
import { build, json, patchbay, ROOT, useFolder } from "./patchbay.ts";

interface Result {
  backend: string;
  passed: string[];
  refused: { case: string; reason: string }[];
  wrong: { case: string; reason: string }[];
}
const folder = useFolder();
const FIXTURES = path.join(ROOT, "tests/fixtures/networks");
beforeAll(() => build());

describe("conformance", () => {
  it("passes networks with what they should compute, and says so in words and as JSON", async () => {
    const outcome = await patchbay(["conformance", FIXTURES, "--json"]);
    const result = json<Result>(outcome);
    expect([outcome.code, result.refused, result.wrong]).toEqual([0, [], []]);
    expect(result.passed).toContain("resnet");
    expect((await patchbay(["conformance", path.join(FIXTURES, "vgg")])).stdout).toBe("1 cases: 1 passed, 0 refused, 0 wrong.\n");
  });

  it("tells a wrong result from a refused one, and only the wrong one makes it fail", async () => {
    cpSync(path.join(FIXTURES, "vgg"), folder.file("cases/vgg"), { recursive: true });
    const wrong = toBinary(TensorProtoSchema, create(TensorProtoSchema, { name: "output", dims: [2n, 5n], dataType: 1, rawData: new Uint8Array(40) }));
    writeFileSync(folder.file("cases/vgg/test_data_set_0/output_0.pb"), wrong);
    mkdirSync(folder.file("cases/broken"));
    writeFileSync(folder.file("cases/broken/model.onnx"), "no model");
    const outcome = await patchbay(["conformance", folder.file("cases"), "--json", "--backend", "reference"]);
    const result = json<Result>(outcome);
    expect([outcome.code, result.backend, result.passed]).toEqual([1, "reference", []]);
    expect(result.wrong).toEqual([{ case: "vgg", reason: expect.stringMatching(/^Its output “output” has \S+ at position 0 where 0 is expected\.$/) }]);
    expect(result.refused).toEqual([{ case: "broken", reason: expect.stringContaining("It is no ONNX file") }]);
  });

  it("a folder without cases is a sentence", async () => {
    mkdirSync(folder.file("empty"));
    const outcome = await patchbay(["conformance", folder.file("empty")]);
    expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringMatching(/holds no test case/)]);
    expect((await patchbay(["conformance", folder.file("nowhere")])).stderr).toMatch(/cannot be read/);
  });

  const OFFICIAL = "/usr/lib/python3/dist-packages/onnx/backend/test/data";
  it.skipIf(!existsSync(OFFICIAL))(`ONNX's own cases: none wrong, and none of the known operators refused but for a dtype or a chance (skipped where ${OFFICIAL} is missing)`, async () => {
    const result = json<Result>(await patchbay(["conformance", OFFICIAL, "--json"]));
    expect(result.wrong).toEqual([]);
    expect(result.passed.length).toBeGreaterThan(790);
    const unexpected = result.refused.filter(({ reason }) => {
      const outside = /the operator (\S+?) ?(?:\(|is outside)/.exec(reason)?.[1];
      const carried = /bfloat16|is string|is an? (optional|sequence)|drops numbers at random/.test(reason);
      return !carried && (outside === undefined || ONNX_OPERATORS.has(outside));
    });
    expect(unexpected).toEqual([]);
  }, 120_000);
});
