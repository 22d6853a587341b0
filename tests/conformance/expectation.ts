/** Which cases a backend is given, and how its report is held against the list of what it may fail, in both directions. */
import { expect } from "vitest";
import type { BackendId } from "../../packages/runtime/src/backends/backend.ts";
import { CONFORMANCE_CASES, type ConformanceCase } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { ALLOWED, type Place } from "./allowed.ts";
import { passes, type BackendReport, type CaseReport } from "./suite.ts";

/** Of each operation's gradients, how many run on a software GPU, where one may take seconds; `CONFORMANCE=all` runs every one. */
const GRADIENTS_EACH = 3;

const listedFor = (backend: BackendId, place: Place): Set<string> => new Set((ALLOWED[place][backend] ?? []).flatMap((a) => a.cases));

/** The first few gradients of each operation, and everything else. */
function shorter(cases: readonly ConformanceCase[]): ConformanceCase[] {
  const seen = new Map<string, number>();
  return cases.filter(({ name }) => {
    const operation = /^composed: gradient of (\w+):/.exec(name)?.[1];
    if (!operation) return true;
    const count = (seen.get(operation) ?? 0) + 1;
    seen.set(operation, count);
    return count <= GRADIENTS_EACH;
  });
}

/** Names of the cases to run: all, but for WebGPU in the browser fewer gradients. Listed cases always run, so that the list stays honest. */
export function casesFor(backend: BackendId, place: Place): string[] {
  const listed = listedFor(backend, place);
  const whole = place === "node" || !backend.endsWith("webgpu") || process.env["CONFORMANCE"] === "all";
  const chosen = new Set(whole ? CONFORMANCE_CASES : shorter(CONFORMANCE_CASES));
  return CONFORMANCE_CASES.filter((c) => chosen.has(c) || listed.has(c.name)).map((c) => c.name);
}

const described = (r: CaseReport): string => `${r.case}: ${r.reason ?? `error ${r.maxError} where ${r.tolerance} is allowed`}`;

/** Every case of `cases` ran; those that fail are exactly those listed. */
export function expectAsAllowed(report: BackendReport, place: Place, cases: readonly string[]): void {
  expect(report.probe, `${report.backend} should be available`).toMatchObject({ available: true });
  expect(report.cases.map((r) => r.case)).toEqual(cases);
  const listed = listedFor(report.backend, place);
  const names = new Set(CONFORMANCE_CASES.map((c) => c.name));
  expect([...listed].filter((name) => !names.has(name)), "listed cases that do not exist").toEqual([]);
  expect(report.cases.filter((r) => !passes(r) && !listed.has(r.case)).map(described), `failures of ${report.backend} that are not listed in allowed.ts`).toEqual([]);
  expect(report.cases.filter((r) => passes(r) && listed.has(r.case)).map((r) => r.case), `cases of ${report.backend} that pass now: take them off the list in allowed.ts`).toEqual([]);
}
