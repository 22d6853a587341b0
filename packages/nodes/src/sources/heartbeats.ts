/** Heartbeats as sums of Gaussian waves, after the dynamical model of McSharry et al. (IEEE TBME 50:289, 2003) without its differential equations. */

export interface Wave {
  /** Seconds from the R peak (or where it would be). */
  readonly at: number;
  /** Standard deviation, seconds. */
  readonly width: number;
  /** Millivolts. */
  readonly height: number;
}

/** What cardiologists call the beat, and its waves. */
export const BEATS: readonly { readonly name: string; readonly waves: readonly Wave[]; /** Shares of the usual distance to the beat before and after it. */ readonly early: number; readonly pause: number }[] = [
  {
    name: "normal", early: 1, pause: 1,
    waves: [{ at: -0.2, width: 0.025, height: 0.14 }, { at: -0.03, width: 0.01, height: -0.12 }, { at: 0, width: 0.011, height: 1 }, { at: 0.03, width: 0.011, height: -0.24 }, { at: 0.28, width: 0.05, height: 0.28 }],
  },
  {
    // The impulse starts elsewhere in the atria: an early beat whose P wave is inverted and near, with an ordinary QRS complex.
    name: "atrial premature", early: 0.7, pause: 1.1,
    waves: [{ at: -0.14, width: 0.018, height: -0.1 }, { at: -0.03, width: 0.01, height: -0.1 }, { at: 0, width: 0.011, height: 0.95 }, { at: 0.03, width: 0.011, height: -0.22 }, { at: 0.27, width: 0.05, height: 0.24 }],
  },
  {
    // It starts in a ventricle: early, no P wave, a wide QRS complex and a T wave the other way, then a compensatory pause.
    name: "ventricular premature", early: 0.65, pause: 1.35,
    waves: [{ at: -0.02, width: 0.04, height: 0.9 }, { at: 0.06, width: 0.035, height: -0.5 }, { at: 0.3, width: 0.06, height: -0.3 }],
  },
  {
    // It starts between them: no P wave before an ordinary QRS complex.
    name: "junctional", early: 0.95, pause: 1,
    waves: [{ at: -0.03, width: 0.01, height: -0.12 }, { at: 0, width: 0.011, height: 0.95 }, { at: 0.03, width: 0.011, height: -0.26 }, { at: 0.28, width: 0.05, height: 0.26 }],
  },
];

/** The waves of one beat as a person has it that day: heights, places and widths vary by about a sixth. */
export function variedWaves(kind: number, variation: number, next: () => number): readonly Wave[] {
  const about = (share: number): number => 1 + variation * share * (2 * next() - 1);
  return BEATS[kind]!.waves.map(({ at, width, height }) => ({ at: at * about(0.08), width: width * about(0.15), height: height * about(0.25) }));
}

/** Adds waves around `peak` (in samples) at `rate` samples a second. */
export function addWaves(to: Float64Array, peak: number, rate: number, waves: readonly Wave[]): void {
  for (const { at, width, height } of waves) {
    const [centre, sigma] = [peak + at * rate, width * rate];
    const reach = Math.ceil(4 * sigma);
    for (let i = Math.max(0, Math.floor(centre - reach)); i <= Math.min(to.length - 1, centre + reach); i++) to[i]! += height * Math.exp(-0.5 * ((i - centre) / sigma) ** 2);
  }
}
