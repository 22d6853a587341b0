/** Gives one picture's pixels the mean and covariance of another's colours, by the linear maps of Gatys et al., arXiv 1606.05897. */

/** `[r, g, b]`. */
export type Colour = readonly [number, number, number];
/** 3×3, row by row. */
export type Matrix3 = readonly number[];

export interface ColourStatistics {
  mean: Colour;
  covariance: Matrix3;
}

/** Added to each variance, so that a picture without some colour can still be mapped. */
const LEAST_VARIANCE = 1e-5;

/** Mean and covariance of RGB triples, in float64. */
export function colourStatistics(pixels: ArrayLike<number>): ColourStatistics {
  const count = pixels.length / 3;
  const mean = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) mean[i % 3]! += pixels[i]! / count;
  const covariance = new Array<number>(9).fill(0);
  for (let i = 0; i < pixels.length; i += 3)
    for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) covariance[3 * r + c]! += ((pixels[i + r]! - mean[r]!) * (pixels[i + c]! - mean[c]!)) / count;
  for (let d = 0; d < 9; d += 4) covariance[d]! += LEAST_VARIANCE;
  return { mean: mean as unknown as Colour, covariance };
}

/** The matrix A with `A Σ(from) Aᵀ = Σ(to)`: of the many that there are, the symmetric roots' or the triangular ones'. */
export function colourMap(from: Matrix3, to: Matrix3, roots: "symmetric" | "cholesky"): Matrix3 {
  if (roots === "cholesky") return product(cholesky(to), inverseOfLower(cholesky(from)));
  return product(symmetricPower(to, 0.5), symmetricPower(from, -0.5));
}

/** `A (x − mean(from)) + mean(to)` for each RGB triple, clipped to 0…1. */
export function mapColours(pixels: ArrayLike<number>, map: Matrix3, from: Colour, to: Colour): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i]! - from[0], pixels[i + 1]! - from[1], pixels[i + 2]! - from[2]];
    for (let c = 0; c < 3; c++) out[i + c] = Math.min(1, Math.max(0, map[3 * c]! * r + map[3 * c + 1]! * g + map[3 * c + 2]! * b + to[c]!));
  }
  return out;
}

const product = (a: Matrix3, b: Matrix3): Matrix3 => Array.from({ length: 9 }, (_, i) => [0, 1, 2].reduce((sum, k) => sum + a[3 * Math.floor(i / 3) + k]! * b[3 * k + (i % 3)]!, 0));

/** The lower triangular L with `L Lᵀ = m`. */
function cholesky(m: Matrix3): Matrix3 {
  const l = new Array<number>(9).fill(0);
  for (let r = 0; r < 3; r++)
    for (let c = 0; c <= r; c++) {
      let sum = m[3 * r + c]!;
      for (let k = 0; k < c; k++) sum -= l[3 * r + k]! * l[3 * c + k]!;
      l[3 * r + c] = r === c ? Math.sqrt(sum) : sum / l[3 * c + c]!;
    }
  return l;
}

function inverseOfLower(l: Matrix3): Matrix3 {
  const [a, , , b, c, , d, e, f] = l as [number, number, number, number, number, number, number, number, number];
  return [1 / a, 0, 0, -b / (a * c), 1 / c, 0, (b * e - c * d) / (a * c * f), -e / (c * f), 1 / f];
}

/** `V diag(λ^power) Vᵀ` of a symmetric positive matrix, by Jacobi's rotations. */
function symmetricPower(m: Matrix3, power: number): Matrix3 {
  const a = [...m];
  const v = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  // Each sweep squares what is left beside the diagonal: a handful reaches the last bit.
  for (let sweep = 0; sweep < 12; sweep++)
    for (const [p, q] of [[0, 1], [0, 2], [1, 2]] as const) {
      if (a[3 * p + q] === 0) continue;
      const theta = (a[4 * q]! - a[4 * p]!) / (2 * a[3 * p + q]!);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const cos = 1 / Math.hypot(t, 1);
      const sin = t * cos;
      for (const matrix of [a, v])
        for (let k = 0; k < 3; k++) {
          const [x, y] = [matrix[3 * k + p]!, matrix[3 * k + q]!];
          [matrix[3 * k + p], matrix[3 * k + q]] = [cos * x - sin * y, sin * x + cos * y];
        }
      for (let k = 0; k < 3; k++) {
        const [x, y] = [a[3 * p + k]!, a[3 * q + k]!];
        [a[3 * p + k], a[3 * q + k]] = [cos * x - sin * y, sin * x + cos * y];
      }
    }
  return Array.from({ length: 9 }, (_, i) => [0, 1, 2].reduce((sum, k) => sum + v[3 * Math.floor(i / 3) + k]! * a[4 * k]! ** power * v[3 * (i % 3) + k]!, 0));
}
