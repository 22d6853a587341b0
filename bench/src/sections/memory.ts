/** Memory: that a thousand runs leave it where it was, and the peak of painting a 512² picture. */
import { runChild } from "../child.ts";
import type { MemoryRuns, MemoryRunsSettings } from "../children/memory-runs.ts";
import type { StyleStepResult, StyleStepSettings } from "../children/style-step.ts";
import { styleFiles } from "../pictures.ts";
import { interleave, median } from "../rounds.ts";
import { NO_TORCH, type Section } from "../section.ts";
import { DEFAULT_RECIPE } from "../style-graph.ts";
import { recipePeer } from "./style.ts";

export const memory: Section = async (context) => {
  const { quick, threads, scratch, say } = context;
  const runs = quick ? 300 : 1000;
  say(`memory: ${runs} verifications`);
  const { rss } = await runChild<MemoryRuns>("memory-runs", { runs, threads } satisfies MemoryRunsSettings, ["--expose-gc"]);

  const [size, steps] = [512, 8];
  say("memory: peak of a 512² style transfer");
  const files = await styleFiles(scratch, size);
  const settings: StyleStepSettings = { ...DEFAULT_RECIPE, steps, contentFile: files.content, styleFile: files.style, threads };
  const peer = recipePeer(size, steps, files, context);
  const peaks = await interleave(quick ? 1 : 3, () => runChild<StyleStepResult>("style-step", settings), peer);
  return [
    {
      section: "memory", what: `resident after run ${runs.toLocaleString("en")} minus after run 100`, ours: rss.at(-1)! - rss[0]!, unit: "MB", target: { of: "ours", atMost: 10 },
      note: `two encodings, their distance and a decision a run, all computed; after each hundred: ${rss.map((r) => r.toFixed(0)).join(", ")} MB.`,
    },
    {
      section: "memory", what: "peak resident, default style at 512²", ours: median(peaks.ours.map((p) => p.peakKB / 1e3)), unit: "MB",
      peer: peer ? median(peaks.peer.map((p) => p.peak_rss_kb / 1e3)) : NO_TORCH, note: "the whole process on both sides: Node with onnxruntime, Python with PyTorch.",
    },
  ];
};
