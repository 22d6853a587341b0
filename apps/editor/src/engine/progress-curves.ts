/** The curves of a node that reports terms step by step, gathered in place and handed out now and then. */
import type { OptimiserState, SeriesValue } from "@patchbay/runtime";

export interface ProgressCurves {
  add(step: number, terms: { readonly [name: string]: number }): void;
  /** A copy of all so far. */
  series(): SeriesValue;
}

/** `before`: terms of the steps that were done earlier, where an optimisation goes on; `at`: those steps, where they are not all. */
export function createProgressCurves(before: { readonly [name: string]: readonly number[] } = {}, at?: readonly number[]): ProgressCurves {
  const curves = new Map<string, number[]>(Object.entries(before).map(([name, values]) => [name, [...values]]));
  const done = Math.max(0, ...[...curves.values()].map((values) => values.length));
  const steps = at ? [...at] : Array.from({ length: done }, (_, i) => i + 1);
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

/** What a training's state holds of its validations, as `train-state.ts` of the runtime writes it; empty for other states. */
export function validationsOf(state: OptimiserState | undefined): { readonly steps: readonly number[]; readonly metrics: { readonly [name: string]: readonly number[] } } {
  const steps = Array.from(state?.carried["validation.step"]?.data ?? []);
  const named = Object.entries(state?.carried ?? {}).flatMap(([key, { data }]) => {
    const [, place, name] = /^validation:(\d+):(.*)$/s.exec(key) ?? [];
    return name === undefined ? [] : [{ place: Number(place), name, values: Array.from(data) }];
  });
  return { steps, metrics: Object.fromEntries(named.sort((a, b) => a.place - b.place).map(({ name, values }) => [name, values])) };
}
