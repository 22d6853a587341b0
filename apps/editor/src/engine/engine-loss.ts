/** Tells when the engine can compute no more: its GPU device went away, or WebAssembly stopped in the middle. */

export interface Loss {
  /** A sentence without its end. */
  readonly reason: string;
  /** Whether the same engine, started anew, is worth a try. */
  readonly again: boolean;
}

const DEVICE = /device (?:was|is|has been) lost|device lost|lost .{0,20}device|external Instance reference no longer exists|GPU (?:process|connection) (?:was )?lost|device (?:was|is) destroyed/i;
const MEMORY = /out of memory|bad_alloc|allocation failed|Array buffer allocation/i;
const TRAP = /memory access out of bounds|unreachable|null function or function signature mismatch|Aborted\(/i;

/** What an error says about the engine; null where the engine goes on. */
export function lossOf(error: unknown): Loss | null {
  const seen = new Set<unknown>();
  for (let one: unknown = error; one instanceof Error && !seen.has(one); one = one.cause) {
    seen.add(one);
    if (one.name === "DeviceLost" || DEVICE.test(one.message)) return { reason: "The GPU device was lost", again: true };
    if (one.name !== "NodeFailure" && MEMORY.test(one.message)) return { reason: "The engine ran out of memory", again: false };
    if (one instanceof WebAssembly.RuntimeError || TRAP.test(one.message)) return { reason: "The engine stopped in the middle of a computation", again: true };
  }
  return null;
}
