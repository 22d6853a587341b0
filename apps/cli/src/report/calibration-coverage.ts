/** `npm run report:calibration [-- --crowds 600] [--json]`: how often the confidence intervals of ROC and DET hold the truth, where it is known. */
import { parseArgs } from "node:util";
import { calibrate, pairsOfEncodings, type LabelledEncodings } from "@patchbay/nodes";

const USAGE = "npm run report:calibration [-- --crowds 600] [--samples 200] [--json]";
const [PEOPLE, PHOTOS, NOISE] = [30, 4, 0.5];

/*
 * People are normal in the plane with variance 1 along each axis, their photos around them with variance s². Differences are normal too, so that distances follow
 * Rayleigh's law, with σ² = 2s² for one person and 2(1 + s²) for two: FAR, FRR and AUC are known in closed form.
 */
const far = (tau: number): number => 1 - Math.exp(-(tau ** 2) / (4 * (1 + NOISE ** 2)));
const frr = (tau: number): number => Math.exp(-(tau ** 2) / (4 * NOISE ** 2));

function truth(): { auc: number; eer: number; threshold: number } {
  let [low, high] = [0, 10];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (far(middle) < frr(middle)) low = middle;
    else high = middle;
  }
  return { auc: (1 + NOISE ** 2) / (1 + 2 * NOISE ** 2), eer: far(low), threshold: low };
}

/** Uniform in [0, 1): the "minimal standard" generator, for a source of crowds that shares nothing with the bootstrap's draws. */
function uniform(seed: number): () => number {
  let state = (seed * 7919 + 12345) % 2147483647;
  for (let i = 0; i < 20; i++) state = (state * 48271) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function crowd(seed: number): LabelledEncodings {
  const next = uniform(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const data = new Float32Array(PEOPLE * PHOTOS * 2);
  for (let p = 0; p < PEOPLE; p++) {
    const [x, y] = [normal(), normal()];
    for (let k = 0; k < PHOTOS; k++) data.set([x + NOISE * normal(), y + NOISE * normal()], (p * PHOTOS + k) * 2);
  }
  return { data, width: 2, labels: Array.from({ length: PEOPLE * PHOTOS }, (_, i) => Math.floor(i / PHOTOS)), network: "plane" };
}

const { values } = parseArgs({ options: { crowds: { type: "string", default: "600" }, samples: { type: "string", default: "200" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
const [crowds, samples] = [Number(values.crowds), Number(values.samples)];
if (values.help || !(crowds > 0) || !(samples >= 20)) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const known = truth();
  const held = { auc: 0, eer: 0, threshold: 0 };
  for (let run = 1; run <= crowds; run++) {
    const { calibration } = await calibrate(pairsOfEncodings(crowd(run), "euclidean", 1), { metric: "euclidean", rule: { kind: "eer" }, samples, share: 0.95, seed: run });
    const found = { auc: calibration.auc, eer: calibration.eer, threshold: calibration.chosen.threshold };
    for (const name of ["auc", "eer", "threshold"] as const) if (found[name].low <= known[name] && known[name] <= found[name].high) held[name]++;
    if (process.stderr.isTTY) process.stderr.write(`\r${run} of ${crowds} crowds${run === crowds ? "\n" : ""}`);
  }
  const coverage = { auc: held.auc / crowds, eer: held.eer / crowds, threshold: held.threshold / crowds };
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ crowds, people: PEOPLE, photos: PHOTOS, samples, share: 0.95, truth: known, coverage })}\n`
      : [`${crowds} crowds of ${PEOPLE} people with ${PHOTOS} photos each, ${samples} samples of people; 95 % intervals that hold the truth:`, ...(["auc", "eer", "threshold"] as const).map((name) => `${name.padEnd(10)} ${percent(coverage[name])}  (${known[name].toFixed(4)})`)].join("\n") + "\n",
  );
}
