/** The picture of the embedding-map page: the same photos by their pixels and by their encodings. */
import { loadGraph, run, type NumberValue, type ScatterValue } from "@patchbay/runtime";
import { card, INK, num, rect, text } from "../diagram/svg.ts";
import { embed, toWebp } from "./panel.ts";
import type { Files } from "./style.ts";

const [SIDE, GAP, TOP, FACE] = [410, 24, 64, 22];

export async function embeddingPicture(): Promise<Files> {
  const graph = await loadGraph("examples/embedding-map.json");
  const { outputs } = await run(graph);
  await graph.dispose();
  const maps = [["by pixels", "pixel-map", "pixel-silhouette"], ["by encodings", "map", "silhouette"]] as const;
  const body: string[] = [];
  for (const [i, [title, map, silhouette]] of maps.entries()) {
    const left = GAP + i * (SIDE + GAP);
    const { points } = outputs[map] as ScatterValue;
    const score = (outputs[silhouette] as NumberValue).value;
    body.push(text(left, 34, title, { size: 18, weight: 700 }), text(left + SIDE, 34, `silhouette ${score.toFixed(2).replace("-", "−")}`, { size: 15, fill: INK.soft, anchor: "end" }), rect(left, TOP - 14, SIDE, SIDE, 10, INK.panel));
    body.push(...(await faces(points, left + 12, TOP - 2, SIDE - 24)));
  }
  return { "embedding-map.webp": await toWebp(card(SIDE * 2 + GAP * 3, TOP + SIDE + 10, "The same photos laid out by their pixels, where people are mixed, and by their encodings, where each person is a group", body)) };
}

/** Every photo at its place, in a frame of its person's colour. */
async function faces(points: ScatterValue["points"], left: number, top: number, side: number): Promise<string[]> {
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
  const scale = (side - FACE) / Math.max(Math.max(...xs) - x0, Math.max(...ys) - y0);
  const people = [...new Set(points.map((p) => p.label))];
  const parts = await Promise.all(points.map(async ({ x, y, label, image }) => {
    const [px, py] = [left + (x - x0) * scale, top + side - FACE - (y - y0) * scale];
    const colour = `hsl(${Math.round((people.indexOf(label) / people.length) * 360)} 80% 62%)`;
    return [image ? await embed(image, px, py, FACE, FACE) : "", `<rect x="${num(px)}" y="${num(py)}" width="${FACE}" height="${FACE}" rx="3" fill="none" stroke="${colour}" stroke-width="2.5"/>`];
  }));
  return parts.flat();
}
