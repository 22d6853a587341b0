/** The style step of the default recipe, and of its VGG-19-shaped twin, against the same steps in PyTorch. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { vgg19 } from "@patchbay/nodes";
import { runChild } from "../child.ts";
import type { StyleStepResult, StyleStepSettings } from "../children/style-step.ts";
import { jitterShifts } from "../jitter-shifts.ts";
import { styleFiles } from "../pictures.ts";
import { runPeer } from "../python.ts";
import { interleave, median } from "../rounds.ts";
import type { Row } from "../row.ts";
import { NO_TORCH, type Context, type Section } from "../section.ts";
import { DEFAULT_RECIPE, type StyleGraph } from "../style-graph.ts";

export interface PeerResult {
  seconds_per_step: number;
  /** Total, style and content at the last step. */
  last: [number, number, number];
  peak_rss_kb: number;
}

/** The peer of the default recipe: where its weights are, and the pictures. */
export const recipePeer = (size: number, steps: number, files: { content: string; style: string }, context: Context): (() => Promise<PeerResult>) | undefined => {
  const models = path.dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/model/ssd_mobilenetv1_model.bin"));
  return peerOf("style_reference.py", models, size, steps, files, context);
};

function peerOf(script: string, weights: string, size: number, steps: number, files: { content: string; style: string }, context: Context, extra: readonly string[] = []): (() => Promise<PeerResult>) | undefined {
  const { torch, scratch, threads } = context;
  if (!torch) return undefined;
  const args = [weights, files.content, files.style, path.join(scratch, "peer.png"), "--width", String(size), "--steps", String(steps), "--shifts", jitterShifts(), ...extra];
  return () => runPeer<PeerResult>(torch, script, args, threads);
}

/** Seconds per step in turn, and the loss that both arrive at: speed must not be bought with another computation. */
async function compare(section: string, what: string, graph: StyleGraph, size: number, files: { content: string; style: string }, peer: (() => Promise<PeerResult>) | undefined, atMost: number, context: Context): Promise<Row[]> {
  const settings: StyleStepSettings = { ...graph, contentFile: files.content, styleFile: files.style, threads: context.threads };
  const rounds = context.quick ? 2 : 3;
  context.say(`${section}: ${what}, ${rounds} rounds of ${graph.steps} steps`);
  const results = await interleave(rounds, () => runChild<StyleStepResult>("style-step", settings), peer);
  const [ours, theirs] = [results.ours.map((r) => r.secondsPerStep), results.peer.map((r) => r.seconds_per_step)];
  const spread = ours.map((s, i) => (theirs[i] === undefined ? s.toFixed(3) : (s / theirs[i]).toFixed(3))).join(", ");
  return [
    { section, what: `${what}, one step`, ours: median(ours), unit: "s", peer: peer ? median(theirs) : NO_TORCH, target: { of: "ratio", atMost }, note: `${peer ? "ratios" : "seconds"} of the rounds: ${spread}.` },
    {
      section, what: `${what}, loss at step ${graph.steps}`, ours: median(results.ours.map((r) => r.lastLoss)), unit: "loss", peer: peer ? median(results.peer.map((r) => r.last[0])) : NO_TORCH,
      target: { of: "ratio", atLeast: 0.99, atMost: 1.01 },
    },
  ];
}

export const style: Section = async (context) => {
  const rows: Row[] = [];
  for (const size of [256, 512]) {
    const steps = context.quick ? 8 : 24;
    const files = await styleFiles(context.scratch, size);
    rows.push(...(await compare("style", `default network, ${size}²`, { ...DEFAULT_RECIPE, steps }, size, files, recipePeer(size, steps, files, context), 0.5, context)));
  }
  return rows;
};

const VGG_STYLE = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"];

export const vgg: Section = async (context) => {
  const [size, steps] = [256, context.quick ? 5 : 10];
  const graph: StyleGraph = { network: "vgg19-random", style: VGG_STYLE, content: "conv4_2", steps };
  const files = await styleFiles(context.scratch, size);
  const weights = path.join(context.scratch, "vgg19.f32");
  if (context.torch) await writeFile(weights, vggFilters());
  // oneDNN is faster in channels-last at this size: the peer gets the better of its two layouts.
  const peer = peerOf("vgg_step.py", weights, size, steps, files, context, ["--channels-last"]);
  return compare("vgg", `VGG-19 shape, random weights, ${size}²`, graph, size, files, peer, 0.8, context);
};

/** The filters of our network, one after the other as the peer reads them. */
function vggFilters(): Buffer {
  const weights = vgg19.load([], [...VGG_STYLE, "conv4_2"]);
  return Buffer.concat([...weights.values()].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
}
