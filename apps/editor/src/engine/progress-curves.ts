/** The curves of a node that reports terms step by step, gathered in place and handed out now and then. */
import type { SeriesValue } from "@patchbay/runtime";

export interface ProgressCurves {
  add(step: number, terms: { readonly [name: string]: number }): void;
  /** A copy of all so far. */
  series(): SeriesValue;
}

/** `before`: terms of the steps that were done earlier, where an optimisation goes on. */
export function createProgressCurves(before: { readonly [name: string]: readonly number[] } = {}): ProgressCurves {
  const curves = new Map<string, number[]>(Object.entries(before).map(([name, values]) => [name, [...values]]));
  const done = Math.max(0, ...[...curves.values()].map((values) => values.length));
  const steps = Array.from({ length: done }, (_, i) => i + 1);
  return {
    add(step, terms) {
      // After a lost engine, steps since the last state are done again.
      while (steps.length && steps.at(-1)! >= step) {
        steps.pop();
        for (const values of curves.values()) values.length = Math.min(values.length, steps.length);
      }
      steps.push(step);
      for (const [name, value] of Object.entries(terms)) {
        let values = curves.get(name);
        if (!values) curves.set(name, (values = []));
        while (values.length < steps.length - 1) values.push(NaN);
        values.push(value);
      }
    },
    series: () => ({ kind: "series", x: { name: "step", values: [...steps] }, curves: [...curves].map(([name, values]) => ({ name, values: [...values] })) }),
  };
}
