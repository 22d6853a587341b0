/** A whole training step, forward, backward and Adam, against the same in eager PyTorch. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { randomValues } from "@patchbay/runtime/ir";
import { runChild } from "../child.ts";
import type { TrainingStepResult, TrainingStepSettings } from "../children/training-step.ts";
import { runPeer } from "../python.ts";
import { interleave, median } from "../rounds.ts";
import type { Row } from "../row.ts";
import { NO_TORCH, type Context, type Section } from "../section.ts";
import { batchShape, LEARNING_RATE, startParams, TRAINING_NETS, type TrainingNet } from "../training-net.ts";

export const training: Section = async (context) => {
  const rows: Row[] = [];
  for (const net of TRAINING_NETS) rows.push(...(await compare(net, context)));
  return rows;
};

async function compare(net: TrainingNet, context: Context): Promise<Row[]> {
  const { torch, scratch, quick, threads, say } = context;
  const [rounds, steps] = quick ? [2, 10] : [5, 40];
  say(`training: ${net.what}, ${rounds} rounds of ${steps} steps`);
  const [batchFile, paramsFile] = [path.join(scratch, "batch.f32"), path.join(scratch, "params.f32")];
  await writeFile(batchFile, randomValues({ distribution: "uniform", shape: batchShape(net), seed: 100 }));
  await writeFile(paramsFile, startParams(net));
  const settings: TrainingStepSettings = { net, batchFile, paramsFile, steps, threads };
  // Of rank 2, oneDNN is often faster in channels-last: the peer gets the better of its two layouts, round by round.
  const formats = net.rank === 2 ? ["--channels-last", "--channels-first"] : ["--channels-first"];
  const peer = (format: string) => runPeer<TrainingStepResult>(torch!, "training_step.py", [JSON.stringify({ ...net, learningRate: LEARNING_RATE }), batchFile, paramsFile, "--steps", String(steps), format], threads);
  const fastest = async (): Promise<TrainingStepResult> => {
    const each: TrainingStepResult[] = [];
    for (const format of formats) each.push(await peer(format));
    return each.reduce((p, q) => (q.seconds_per_step < p.seconds_per_step ? q : p));
  };
  const results = await interleave(rounds, () => runChild<TrainingStepResult>("training-step", settings), torch && fastest);
  const [ours, theirs] = [results.ours.map((r) => r.seconds_per_step), results.peer.map((r) => r.seconds_per_step)];
  const spread = ours.map((s, i) => (theirs[i] === undefined ? s.toFixed(4) : (s / theirs[i]).toFixed(2))).join(", ");
  return [
    { section: "training", what: `${net.what}, one step`, ours: median(ours) * 1000, unit: "ms", peer: torch ? median(theirs) * 1000 : NO_TORCH, target: { of: "ratio", atMost: 1.5 }, note: `${torch ? "ratios" : "seconds"} of the rounds: ${spread}.` },
    {
      section: "training", what: `${net.what}, loss at step ${steps}`, ours: median(results.ours.map((r) => r.last)), unit: "loss", peer: torch ? median(results.peer.map((r) => r.last)) : NO_TORCH,
      target: { of: "ratio", atLeast: 0.99, atMost: 1.01 },
    },
  ];
}
