/** The normal quantile, by which the axes of a DET curve are stretched. */

/** Φ⁻¹(p) for 0 < p < 1, to about 1 part in 10⁷: algorithm AS 241, PPND7 (Wichura, Applied Statistics 37, 1988). */
export function probit(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, 3.3871327179, 50.434271938, 159.29113202, 59.109374720)) / polynomial(r, 1, 17.895169469, 78.757757664, 67.187563600);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const far =
    r <= 5
      ? polynomial(r - 1.6, 1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103) / polynomial(r - 1.6, 1, 0.73700164250, 0.12021132975)
      : polynomial(r - 5, 6.6579051150, 3.0812263860, 0.42868294337, 0.017337203997) / polynomial(r - 5, 1, 0.24197894225, 0.012258202635);
  return q < 0 ? -far : far;
}

const polynomial = (x: number, ...coefficients: readonly number[]): number => coefficients.reduceRight((sum, c) => sum * x + c, 0);
