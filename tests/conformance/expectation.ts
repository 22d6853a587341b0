/** Holds a report against the list of what a backend may fail, in both directions. */
import { expect } from "vitest";
import { CONFORMANCE_CASES } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { ALLOWED, type Place } from "./allowed.ts";
import { passes, type BackendReport, type CaseReport } from "./suite.ts";

const described = (r: CaseReport): string => `${r.case}: ${r.reason ?? `error ${r.maxError} where ${r.tolerance} is allowed`}`;

/** Every case ran; those that fail are exactly those listed. */
export function expectAsAllowed(report: BackendReport, place: Place): void {
  expect(report.probe, `${report.backend} should be available`).toMatchObject({ available: true });
  expect(report.cases.map((r) => r.case)).toEqual(CONFORMANCE_CASES.map((c) => c.name));
  const listed = new Set((ALLOWED[place][report.backend] ?? []).flatMap((a) => a.cases));
  const names = new Set(CONFORMANCE_CASES.map((c) => c.name));
  expect([...listed].filter((name) => !names.has(name)), "listed cases that do not exist").toEqual([]);
  expect(report.cases.filter((r) => !passes(r) && !listed.has(r.case)).map(described), `failures of ${report.backend} that are not listed in allowed.ts`).toEqual([]);
  expect(report.cases.filter((r) => passes(r) && listed.has(r.case)).map((r) => r.case), `cases of ${report.backend} that pass now: take them off the list in allowed.ts`).toEqual([]);
}
