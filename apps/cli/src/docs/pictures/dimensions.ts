/** The pictures of one and three dimensions: a strip of heartbeats with what was learned of them, and a scan with what was found in it. */
import { loadGraph, run, type ConfusionValue, type ImageValue, type TableValue, type TensorValue } from "@patchbay/runtime";
import { card, INK, num, rect, text } from "../diagram/svg.ts";
import { embed, toWebp } from "./panel.ts";
import type { Files } from "./style.ts";

/** Counts of true (rows) against predicted classes, the diagonal in green. */
export function confusionTable({ classes, counts }: ConfusionValue, x: number, y: number, cell: number, left: number): string[] {
  const most = Math.max(...counts.flat());
  const body = [text(x + left + (classes.length * cell) / 2, y - 30, "taken for", { size: 13, fill: INK.faint, anchor: "middle" })];
  classes.forEach((name, c) => body.push(text(x + left + c * cell + cell / 2, y - 10, name, { size: 12, fill: INK.soft, anchor: "middle" })));
  counts.forEach((row, r) => {
    body.push(text(x + left - 12, y + r * 44 + 26, classes[r]!, { size: 13, fill: INK.soft, anchor: "end" }));
    row.forEach((count, c) => {
      const right = r === c;
      body.push(rect(x + left + c * cell + 2, y + r * 44 + 2, cell - 4, 40, 4, right ? "#1f5a41" : count ? "#5e2b2d" : INK.panel, undefined, `fill-opacity="${num(0.25 + (0.75 * count) / most)}"`));
      body.push(text(x + left + c * cell + cell / 2, y + r * 44 + 27, String(count), { size: 15, weight: right ? 700 : 400, fill: count ? INK.text : INK.faint, anchor: "middle" }));
    });
  });
  return body;
}

/** What `npx patchbay run examples/ekg-conv1d.json` learns. */
export async function ekgPicture(): Promise<Files> {
  const graph = await loadGraph("examples/ekg-conv1d.json");
  const { outputs } = await run(graph, { outputs: ["confusion", "ekg.signal", "ekg.beats"] });
  await graph.dispose();
  const { data } = outputs["ekg.signal"] as TensorValue;
  const beats = (outputs["ekg.beats"] as TableValue).rows as [number, string][];
  const [width, left, top, height] = [1100, 24, 40, 190];
  const [low, high] = [Math.min(...data), Math.max(...data)];
  const px = (t: number): number => left + (t / (data.length - 1)) * (width - 2 * left);
  const py = (v: number): number => top + ((high - v) / (high - low)) * height;
  const body = [text(left, 24, "a strip of the recording, and its beats", { size: 14, fill: INK.soft })];
  body.push(`<path d="${Array.from(data, (v, t) => `${t ? "L" : "M"}${num(px(t))} ${num(py(v))}`).join("")}" fill="none" stroke="${INK.accent}" stroke-width="1.5"/>`);
  for (const [at, name] of beats) body.push(text(px(at), top + height + 22, name.replace(" premature", ""), { size: 12, fill: name === "normal" ? INK.faint : INK.text, anchor: "middle" }));
  body.push(...confusionTable(outputs["confusion"] as ConfusionValue, 200, top + height + 110, 150, 130));
  return { "ekg-conv1d.webp": await toWebp(card(width, top + height + 310, "A strip of heartbeats, and what a small network of 1D convolutions takes unseen beats for", body)) };
}

/** One slice of `[1,D,H,W,1]` as grey values. */
function slice({ shape, data }: TensorValue, z: number, paint: (value: number) => readonly [number, number, number]): ImageValue {
  const [, , height, width] = shape as [number, number, number, number];
  const out = new Uint8Array(height * width * 3);
  for (let i = 0; i < height * width; i++) out.set(paint(data[z * height * width + i]!), i * 3);
  return { kind: "image", width, height, data: out };
}

const grey = (v: number) => [v * 255, v * 255, v * 255] as const;
const heat = (v: number) => [Math.min(255, 510 * v), Math.max(0, 510 * v - 255) * 0.7, 60 * (1 - v)] as const;

/** What `npx patchbay run examples/ct-conv3d.json` finds. */
export async function ctPicture(): Promise<Files> {
  const graph = await loadGraph("examples/ct-conv3d.json");
  const { outputs } = await run(graph, { outputs: ["ct.volume", "mask", "map", "ct.lesions", "confusion"] });
  await graph.dispose();
  const lesions = (outputs["ct.lesions"] as TableValue).rows as [number, number, number, number][];
  const shown = [...lesions].sort((a, b) => b[3] - a[3]).slice(0, 3).sort((a, b) => a[0] - b[0]);
  const [side, gap, left, top] = [220, 14, 130, 44];
  const body: string[] = [];
  for (const [column, [z]] of shown.entries()) {
    const at = Math.round(z);
    const x = left + column * (side + gap);
    body.push(text(x + side / 2, 28, `slice ${at}`, { size: 14, fill: INK.soft, anchor: "middle" }));
    for (const [row, [name, paint]] of ([["ct.volume", grey], ["map", heat], ["mask", grey]] as const).entries()) body.push(await embed(slice(outputs[name] as TensorValue, at, paint), x, top + row * (side + gap), side, side));
  }
  ["the scan", "found", "the truth"].forEach((name, row) => body.push(text(left - 14, top + row * (side + gap) + side / 2, name, { size: 15, anchor: "end" })));
  const { counts } = outputs["confusion"] as ConfusionValue;
  const all = counts.flat().reduce((a, b) => a + b, 0);
  const y = top + 3 * (side + gap) + 20;
  body.push(text(left, y, `${counts[0]![0]! + counts[1]![1]!} of ${all} cubes of unseen scans are told rightly`, { size: 14, fill: INK.soft }));
  return { "ct-conv3d.webp": await toWebp(card(left + 3 * (side + gap) + 10, y + 20, "Three slices of a synthetic scan, what a 3D network finds in them, and where the lesions are", body)) };
}
