/** What people and scripts read of results, types and diagnostics. */
import type { Diagnostic } from "@patchbay/graph-core";
import type { RuntimeValue } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { seriesCsv, tableCsv } from "../output/csv.ts";
import { countDiagnostics, diagnosticJson, formatDiagnostics } from "./diagnostics.ts";
import { createProgress, duration } from "./progress.ts";
import { columns, createStyle, visible } from "./style.ts";
import { typeJson } from "./type-json.ts";
import { valueJson } from "./value-json.ts";
import { formatOutput, number } from "./value-text.ts";

const plain = createStyle(false);
const decision: RuntimeValue = { kind: "decision", same: true, distance: 0.4123, threshold: 0.6, margin: 0.1877 };
const picture: RuntimeValue = { kind: "image", width: 4, height: 2, data: new Uint8Array(24) };

describe("values as text", () => {
  it("tells a decision in one line", () => {
    expect(formatOutput("decision", decision, plain)).toBe("decision: same person: yes (distance 0.41, threshold 0.60, margin 0.19)");
  });
  it("tells an identity with its runners-up, and when there is none", () => {
    const identity: RuntimeValue = { kind: "identity", name: "amy", distance: 0.3, threshold: 0.6, candidates: [{ name: "amy", distance: 0.3 }, { name: "bernadette", distance: 0.7 }] };
    expect(formatOutput("who", identity, plain)).toBe("who: amy (distance 0.30, threshold 0.60)\n  amy         0.30\n  bernadette  0.70");
    expect(formatOutput("who", { ...identity, name: null }, plain)).toContain("not recognised");
  });
  it("says how to save a picture, or where it is", () => {
    expect(formatOutput("image", picture, plain)).toBe("image: image 4×2 (save it with --output image=FILE.png)");
    expect(formatOutput("image", picture, plain, "out.png")).toBe("image: image 4×2, saved to out.png");
  });
  it("prints tables and curves small", () => {
    expect(formatOutput("t", { kind: "table", columns: ["name", "value"], rows: [["a", 0.5], ["bb", null]] }, plain)).toBe("t: \n  name  value\n  a     0.50\n  bb");
    expect(formatOutput("loss", { kind: "series", x: { name: "step", values: [1, 2] }, curves: [{ name: "total", values: [12.5, 0.25] }] }, plain)).toBe("loss: 2 points over step\n  total  12.50 → 0.25");
  });
  it.each([[0, "0"], [0.6, "0.60"], [0.05, "0.05"], [0.0999999, "0.10"], [0.001234567, "0.001235"], [12345.678, "12350"], [3, "3"], [-0.25, "-0.25"], [NaN, "–"], [Infinity, "Infinity"]])("writes %d as %s", (value, text) => {
    expect(number(value)).toBe(text);
  });
});

describe("values as JSON", () => {
  it("gives a decision its four fields and a picture its size and place", () => {
    expect(valueJson(decision)).toEqual({ same: true, distance: 0.4123, threshold: 0.6, margin: 0.1877 });
    expect(valueJson(picture, "a.png")).toEqual({ width: 4, height: 2, path: "a.png" });
    expect(valueJson({ kind: "number", value: 2 })).toBe(2);
    expect(valueJson({ kind: "text", text: "a" })).toBe("a");
  });
  it("prints small tensors whole and describes large ones", () => {
    expect(valueJson({ kind: "tensor", dtype: "float32", shape: [2], data: Float32Array.of(1, NaN) })).toEqual({ dtype: "float32", shape: [2], data: [1, null] });
    expect(valueJson({ kind: "tensor", dtype: "float32", shape: [100, 100], data: new Float32Array(10_000) })).toEqual({ dtype: "float32", shape: [100, 100] });
  });
  it("gives tensor types dtype and shape, others their kind", () => {
    expect(typeJson({ kind: "tensor", dtype: "float32", shape: [1, "H"], meaning: "activation", network: "n" })).toEqual({ dtype: "float32", shape: [1, "H"] });
    expect(typeJson({ kind: "image", width: "W", height: 2 })).toEqual({ kind: "image", width: "W", height: 2 });
  });
});

describe("diagnostics", () => {
  const list: Diagnostic[] = [
    { code: "unused", severity: "warning", message: "Nobody reads it.", node: "b" },
    { code: "missing-input", severity: "error", message: "Nothing is connected.", node: "a", port: "image", fix: { title: "Connect photo.image", changes: [] } },
    { code: "out-of-range", severity: "warning", message: "Too large.", node: "a", param: "steps" },
    { code: "not-json", severity: "error", message: "It breaks off.", pointer: "/nodes/3" },
  ];
  it("groups them by node, errors first, with place and fix", () => {
    expect(formatDiagnostics(list, plain)).toBe(
      [
        "a",
        "  error a.image: Nothing is connected. [missing-input]",
        "    fix: Connect photo.image",
        "  warning a.steps: Too large. [out-of-range]",
        "error at /nodes/3: It breaks off. [not-json]",
        "b",
        "  warning Nobody reads it. [unused]",
      ].join("\n"),
    );
    expect(countDiagnostics(list)).toBe("2 errors, 2 warnings");
    expect(countDiagnostics([])).toBe("no problems");
  });
  it("prints a fix by its title in JSON", () => {
    expect(diagnosticJson(list[1]!)).toEqual({ code: "missing-input", severity: "error", message: "Nothing is connected.", node: "a", port: "image", fix: "Connect photo.image" });
  });
  it("never lets a graph's text move the cursor", () => {
    const shown = formatDiagnostics([{ code: "x", severity: "error", message: "a\u001b[2J\nfake", node: "n\r" }], plain);
    for (const control of ["\u001b", "\r"]) expect(shown).not.toContain(control);
    expect(shown.split("\n").length).toBe(2);
    expect(visible("\u202eabc\u0007")).toBe("\\u202eabc\\u0007");
  });
});

describe("CSV", () => {
  it("quotes what must be quoted and defuses formulas", () => {
    expect(tableCsv({ kind: "table", columns: ["a,b", "c"], rows: [['say "hi"', 1], ["=1+1", null], [true, -2]] })).toBe('"a,b",c\r\n"say ""hi""",1\r\n\'=1+1,\r\ntrue,-2\r\n');
    expect(seriesCsv({ kind: "series", x: { name: "step", values: [1, 2] }, curves: [{ name: "loss", values: [0.5] }] })).toBe("step,loss\r\n1,0.5\r\n2,\r\n");
  });
});

describe("progress", () => {
  const terminal = (interactive: boolean) => {
    const drawn: string[] = [];
    return { drawn, progress: createProgress({ interactive, draw: (t: string) => void drawn.push(t), columns: () => 60 } as never) };
  };
  it("draws nothing where nobody watches", () => {
    const { drawn, progress } = terminal(false);
    progress.on({ type: "progress", node: "paint", step: 200, of: 200 });
    progress.clear();
    expect(drawn).toEqual([]);
  });
  it("draws one line that fits, and takes it away", () => {
    const { drawn, progress } = terminal(true);
    progress.on({ type: "progress", node: "paint", step: 200, of: 200, terms: { total: 0.5 }, secondsLeft: 0 });
    progress.clear();
    expect(drawn[0]).toBe("\r\u001b[2K[########################] 200/200 paint, loss 0.50, 0 s le".slice(0, 5 + 59));
    expect(drawn.at(-1)).toBe("\r\u001b[2K");
  });
  it("says durations as people do", () => {
    expect([duration(0.4), duration(59), duration(75)]).toEqual(["0 s", "59 s", "1:15 min"]);
  });
});

it("colours only when told to", () => {
  expect(createStyle(true).red("x")).toBe("\u001b[31mx\u001b[39m");
  expect(plain.red("x")).toBe("x");
  expect(columns([["a", "b"], ["ccc", ""]])).toEqual(["a    b", "ccc"]);
});
