/** Error rates of distances in bulk: those of error-rates.ts for the hundreds of thousands of pairs that a validation compares. */

/**
 * EER and AUC of all pairs of rows: `labels` says whose each row is. The equal error rate is interpolated as in `eer`; ties count one
 * half in the area, as in `auc`. `null` where there are no pairs of one of the two kinds.
 *
 * @param encodings `[rows, width]`, row-major
 */
export function verificationRates(encodings: Float32Array, width: number, labels: ArrayLike<number>): { eer: number; auc: number } | null {
  const rows = width ? encodings.length / width : 0;
  let alike = 0;
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) if (labels[i] === labels[j]) alike++;
  const same = new Float64Array(alike);
  const different = new Float64Array((rows * (rows - 1)) / 2 - alike);
  let [s, d] = [0, 0];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) {
        const x = encodings[i * width + k]! - encodings[j * width + k]!;
        sum += x * x;
      }
      if (labels[i] === labels[j]) same[s++] = sum;
      else different[d++] = sum;
    }
  return ratesOf(same, different);
}

/** The same for scores that rise with how sure it is that a row is positive. */
export function scoreRates(scores: ArrayLike<number>, positive: ArrayLike<number>): { eer: number; auc: number } | null {
  const [same, different]: [number[], number[]] = [[], []];
  for (let i = 0; i < scores.length; i++) (positive[i] ? same : different).push(-scores[i]!);
  return ratesOf(Float64Array.from(same), Float64Array.from(different));
}

/** From the distances of same and of different pairs; sorts both. A distance that is no number never passes. */
function ratesOf(same: Float64Array, different: Float64Array): { eer: number; auc: number } | null {
  if (!same.length || !different.length) return null;
  for (const list of [same, different]) for (let i = 0; i < list.length; i++) if (Number.isNaN(list[i])) list[i] = Infinity;
  same.sort();
  different.sort();
  let [accepted, wrong, area] = [0, 0, 0];
  let [far, frr] = [0, 1];
  let rate: number | undefined;
  while (accepted < same.length || wrong < different.length) {
    const threshold = Math.min(same[accepted] ?? Infinity, different[wrong] ?? Infinity);
    while (accepted < same.length && same[accepted]! <= threshold) accepted++;
    while (wrong < different.length && different[wrong]! <= threshold) wrong++;
    const [farNow, frrNow] = [wrong / different.length, 1 - accepted / same.length];
    area += (farNow - far) * (1 - (frr + frrNow) / 2);
    if (rate === undefined && farNow >= frrNow) {
      const [before, after] = [frr - far, farNow - frrNow];
      rate = far + (before / (before + after)) * (farNow - far);
    }
    [far, frr] = [farNow, frrNow];
  }
  return { eer: rate!, auc: area };
}
