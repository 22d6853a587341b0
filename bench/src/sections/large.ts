/** Large pictures: octaves against the full size throughout, and the peak of a picture that is painted in tiles. */
import { runChild } from "../child.ts";
import type { StyleWholeResult, StyleWholeSettings } from "../children/style-whole.ts";
import { styleFiles } from "../pictures.ts";
import { interleave, median } from "../rounds.ts";
import type { Section } from "../section.ts";
import { DEFAULT_RECIPE } from "../style-graph.ts";

/** The recipe of the whole picture, and that of octaves which ends at its loss. */
const STEPS = { whole: 200, octaves: 140 };
const OCTAVES = 2;

export const large: Section = async (context) => {
  const { quick, threads, scratch, say } = context;
  const size = quick ? 256 : 1024;
  const paint = (files: { content: string; style: string }, steps: number, params: StyleWholeSettings["paint"], measured: boolean) => () =>
    runChild<StyleWholeResult>("style-whole", { ...DEFAULT_RECIPE, steps, contentFile: files.content, styleFile: files.style, threads, paint: params, measured } satisfies StyleWholeSettings);
  const files = await styleFiles(scratch, size);
  const share = quick ? 0.1 : 1;
  const rounds = quick ? 1 : 3;
  say(`large: ${size}², ${OCTAVES} octaves and the full size in turn, ${rounds} rounds`);
  const runs = await interleave(rounds, paint(files, STEPS.octaves * share, { octaves: OCTAVES }, true), paint(files, STEPS.whole * share, {}, true));
  const ratios = runs.ours.map((r, i) => (r.seconds / runs.peer[i]!.seconds).toFixed(3)).join(", ");

  const [side, tile, steps] = quick ? [512, 256, 1] : [4096, 512, 2];
  say(`large: ${side}² in tiles of ${tile}, ${steps} steps`);
  // A style counts whole: its picture stays at a size that fits.
  const tiled = await paint({ content: (await styleFiles(scratch, side)).content, style: files.style }, steps, { tile }, false)();
  const note = `${STEPS.octaves * share} steps in ${OCTAVES} octaves; the peer is the same recipe with ${STEPS.whole * share} steps at full size throughout`;
  return [
    { section: "large", what: `default style at ${size}² in octaves`, ours: median(runs.ours.map((r) => r.seconds)), unit: "s", peer: median(runs.peer.map((r) => r.seconds)), target: { of: "ratio", atMost: 0.5 }, note: `${note}; ratios of the rounds: ${ratios}.` },
    { section: "large", what: `… loss of the picture`, ours: median(runs.ours.map((r) => r.loss!)), unit: "loss", peer: median(runs.peer.map((r) => r.loss!)), target: { of: "ratio", atMost: 1.005 }, note: "both measured at full size without jitter." },
    { section: "large", what: `peak resident, default style at ${side}² in tiles of ${tile}`, ours: tiled.peakKB / 1e3, unit: "MB", note: `the whole process, ${steps} steps: more take no more memory; ${(tiled.seconds / steps).toFixed(0)} s a step.` },
  ];
};
