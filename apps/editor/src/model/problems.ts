/** Diagnostics sorted to where they are shown; lists keep their identity, so that only nodes whose problems changed are drawn again. */
import type { Diagnostic } from "@patchbay/graph-core";

type Grouped = ReadonlyMap<string, readonly Diagnostic[]>;

export function groupBy(diagnostics: readonly Diagnostic[], place: (d: Diagnostic) => string | undefined, before: Grouped): Grouped {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = place(diagnostic);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  const kept = new Map<string, readonly Diagnostic[]>();
  for (const [key, list] of groups) {
    const old = before.get(key);
    kept.set(key, old && same(old, list) ? old : list);
  }
  return kept;
}

const same = (a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i] || (d.message === b[i]!.message && d.code === b[i]!.code && d.severity === b[i]!.severity && d.port === b[i]!.port && d.param === b[i]!.param));
