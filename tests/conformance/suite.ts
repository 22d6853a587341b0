/** Runs conformance cases on one backend and measures how far each is from the reference; the same in Node and in a browser's worker. */
import type { Backend, BackendId, Probe } from "../../packages/runtime/src/backends/backend.ts";
import { conformanceError, type ConformanceCase } from "../../packages/runtime/src/backends/conformance-cases.ts";
import { referenceBackend } from "../../packages/runtime/src/backends/reference/index.ts";

export interface CaseReport {
  readonly backend: BackendId;
  readonly case: string;
  /** Largest over the outputs; null where the case did not run to its end. */
  readonly maxError: number | null;
  readonly tolerance: number;
  /** Why it did not run, or what differs. */
  readonly reason?: string;
}

export interface BackendReport {
  readonly backend: BackendId;
  readonly probe: Probe;
  readonly cases: readonly CaseReport[];
  readonly seconds: number;
}

export const passes = (r: CaseReport): boolean => r.maxError !== null && r.maxError <= r.tolerance;

async function runCase(backend: Backend, c: ConformanceCase): Promise<CaseReport> {
  const report = { backend: backend.id, case: c.name, tolerance: c.tolerance };
  try {
    const [tested, reference] = [await backend.compile(c.program), await referenceBackend.compile(c.program)];
    const want = await reference.run(c.inputs);
    const got = await tested.run(c.inputs).finally(() => tested.dispose());
    const errors = Object.keys(want).map((name) => (got[name]?.data.constructor === want[name]!.data.constructor ? conformanceError(got[name]!, want[name]!) : Infinity));
    const maxError = Math.max(...errors);
    // Infinity does not survive JSON: it means another dtype, array or shape, or a number on one side only.
    return Number.isFinite(maxError) ? { ...report, maxError } : { ...report, maxError: null, reason: "The result differs in dtype, kind of array or shape, or is not finite where the reference is." };
  } catch (error) {
    return { ...report, maxError: null, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** All cases, one after the other; none where the backend is not available. */
export async function runSuite(backend: Backend, cases: readonly ConformanceCase[]): Promise<BackendReport> {
  const start = performance.now();
  const probe = await backend.probe();
  const reports: CaseReport[] = [];
  if (probe.available) for (const c of cases) reports.push(await runCase(backend, c));
  return { backend: backend.id, probe, cases: reports, seconds: (performance.now() - start) / 1000 };
}
