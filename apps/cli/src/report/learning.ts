/** `npm run report:learning [-- DIR] [--json]`: what mining is worth for an encoder, and what a trained verifier is worth on your own photos. */
import { parseArgs } from "node:util";
import { usage } from "../exit.ts";
import { MODES, reportEncoder, type EncoderReport } from "./learning-encoder.ts";
import { FEATURES, reportVerifier, type VerifierReport } from "./learning-verifier.ts";
import { runReport } from "./run-report.ts";

const USAGE = `npm run report:learning [-- DIR] [--only encoder|verifier] [--seeds 5] [--target 0.07] [--steps 1000] [--splits 5] [--json]
  Trains the encoder of examples/learn-encoder.json from nothing, with random, semi-hard and hard triplets, up to a target EER.
  DIR has one folder of photos for each person: trains logistic verifiers on half of the people and measures them on the others.`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function encoderLines({ target, most, untrained, runs, median }: EncoderReport): string[] {
  const { random, hard } = median;
  const ratio = hard !== null ? (random === null ? `less than ${(hard / most).toFixed(2)}` : (hard / random).toFixed(2)) : "–";
  return [
    "An encoder that learns from nothing (examples/learn-encoder.json), measured on people never seen",
    `untrained          EER ${untrained.map(percent).join(", ")}`,
    ...MODES.map((mode) => {
      const own = runs.filter((r) => r.mode === mode);
      const took = own.map((r) => (r.reached === null ? `more than ${most}` : String(r.reached)));
      return `${mode.padEnd(18)} EER ${percent(target)} after ${took.join(", ")} steps; median ${median[mode] ?? `more than ${most}`}; best ${own.map((r) => percent(Math.min(...r.eer))).join(", ")}`;
    }),
    `hard ÷ random      ${ratio} of the steps (seeds ${[...new Set(runs.map((r) => r.seed))].join(", ")})`,
  ];
}

function verifierLines({ pictures, people, splits, pairs, threshold, shipped, verifier }: VerifierReport): string[] {
  const line = (name: string, r: { eer: number; accuracy: number }): string => `${name.padEnd(18)} EER ${percent(r.eer)}, ${percent(r.accuracy)} right at the threshold that was learned`;
  return [
    `A verifier on frozen 128-D encodings: ${pictures} pictures of ${people} people, half of them never seen, ${splits} splits; ${pairs.same} same and ${pairs.different} different pairs a split`,
    line("plain threshold", threshold),
    `${"threshold of 0.6".padEnd(18)} EER ${percent(shipped.eer)}, ${percent(shipped.accuracy)} right`,
    ...FEATURES.map((f) => line(f, verifier[f])),
  ];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean" }, help: { type: "boolean", short: "h" }, only: { type: "string" }, seeds: { type: "string", default: "5" },
      target: { type: "string", default: "0.07" }, steps: { type: "string", default: "1000" }, splits: { type: "string", default: "5" },
    },
  });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const [folder, second] = positionals;
  if (second !== undefined || (values.only !== undefined && !["encoder", "verifier"].includes(values.only))) throw usage(USAGE);
  const number = (name: "seeds" | "target" | "steps" | "splits", least: number): number => {
    const value = Number(values[name]);
    if (!(value >= least) || (name !== "target" && !Number.isInteger(value))) throw usage(`--${name} takes a number from ${least}, not “${values[name]}”.`);
    return value;
  };
  const [seeds, target, most, splits] = [number("seeds", 1), number("target", 0), number("steps", 25), number("splits", 1)];
  if (values.only === "verifier" && !folder) throw usage(USAGE);
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  const encoder = values.only === "verifier" ? null : await reportEncoder({ seeds: Array.from({ length: seeds }, (_, i) => i + 1), target, most, progress });
  const verifier = values.only === "encoder" || !folder ? null : await reportVerifier(folder, splits, progress);
  if (values.json) return void process.stdout.write(`${JSON.stringify({ encoder, verifier })}\n`);
  const missing = "Give a folder with one folder of photos for each person, npm run report:learning -- DIR, and logistic verifiers are trained on half of them.";
  process.stdout.write(`${[...(encoder ? encoderLines(encoder) : []), ...(encoder && verifier ? [""] : []), ...(verifier ? verifierLines(verifier) : values.only ? [] : ["", missing])].join("\n")}\n`);
}

await runReport(main, USAGE);
