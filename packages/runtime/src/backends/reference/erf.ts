/** The error function to full double precision, which JavaScript's Math lacks. */

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/**
 * erf(x), relative error about 1e-15. Near zero the series of positive terms
 * `2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(1·3·5…(2n+1))` (Abramowitz & Stegun 7.1.6), beyond 3 the continued fraction of erfc (7.1.14).
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (a > 6) return Math.sign(x);
  if (a < 3) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
  }
  let fraction = a;
  for (let n = 60; n > 0; n--) fraction = a + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * fraction));
}
