/** How commands end when they cannot do their work: a sentence, an exit code, and never a stack trace unless asked for. */
import { GraphError, NodeFailure } from "@patchbay/runtime";
import { describe, expect, it } from "vitest";
import { failed, usage } from "../exit.ts";
import type { Terminal } from "../terminal.ts";
import { reportFailure, withExitCode } from "./failure.ts";
import { createStyle } from "./style.ts";

function report(error: unknown, settings: { json?: boolean; debug?: boolean } = {}) {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal = { print: (t: string) => void out.push(t), note: (t: string) => void notes.push(t), noteStyle: createStyle(false), json: false, debug: false, ...settings };
  return { code: reportFailure(error, terminal as unknown as Terminal), out: out.join("\n"), notes: notes.join("\n") };
}
const diagnostics = [{ code: "no-face", severity: "error" as const, message: "No face was found.", node: "align" }];

describe("reportFailure", () => {
  it("says what a command says of itself, with its code", () => {
    expect(report(usage("Name a file."))).toEqual({ code: 2, out: "", notes: "error: Name a file." });
    expect(report(failed("The disk is full."))).toEqual({ code: 1, out: "", notes: "error: The disk is full." });
    expect(report(new NodeFailure("damaged-image", "a.jpg is damaged."))).toMatchObject({ code: 1, notes: "error: a.jpg is damaged." });
  });
  it("prints diagnostics: 2 for a graph, 1 for a run that had begun", () => {
    expect(report(new GraphError(diagnostics))).toMatchObject({ code: 2, notes: "align\n  error No face was found. [no-face]" });
    expect(report(withExitCode(new GraphError(diagnostics), 1)).code).toBe(1);
  });
  it("knows an interruption", () => {
    expect(report(AbortSignal.abort().reason)).toMatchObject({ code: 130, notes: "Interrupted." });
  });
  it("shows one sentence of an unexpected error, and more only when asked", () => {
    const error = new TypeError("x is not a function\n    at somewhere (file.js:1:2)", { cause: new Error("deeper") });
    const plain = report(error);
    expect(plain).toEqual({ code: 1, out: "", notes: "error: Something went wrong inside patchbay: x is not a function\nSet PATCHBAY_DEBUG=1 for details." });
    expect(report(error, { debug: true }).notes).toMatch(/at somewhere[^]*caused by Error: deeper/);
    expect(report("a thrown text").notes).toContain("a thrown text");
  });
  it("keeps stdout one JSON object", () => {
    expect(JSON.parse(report(new GraphError(diagnostics), { json: true }).out)).toEqual({ ok: false, error: "align: No face was found.", diagnostics });
    expect(JSON.parse(report(usage("Name a file."), { json: true }).out)).toEqual({ ok: false, error: "Name a file." });
  });
});
