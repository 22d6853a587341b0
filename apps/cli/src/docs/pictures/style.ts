/** The pictures of the style pages: what a graph paints, in which styles, how strongly, and how its loss falls. */
import { createRequire } from "node:module";
import { loadGraph, run, type ImageValue, type LoadedGraph, type RunOptions } from "@patchbay/runtime";
import { curvePlot } from "./curve-plot.ts";
import { cutOut, panels, pictureOf, toWebp } from "./panel.ts";

export type Files = { [name: string]: string | Uint8Array };

const SAMPLE = createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json").replace("package.json", "demo/sample3.jpg");
/** One face fills it: small pictures stay legible. The commands on the pages read it from docs/images. */
export const portrait = (): Promise<Uint8Array> => cutOut(SAMPLE, { left: 860, top: 40, width: 680, height: 680 }, 640);

const KINDS = [["brush-strokes", 0.2, 2], ["stained-glass", 0.4, 1], ["waves", 0, 1], ["mosaic", 0, 1], ["marble", 0.5, 1], ["pointillism", 0, 1]] as const;

export async function paint(graph: LoadedGraph, options: RunOptions): Promise<{ content: ImageValue; style: ImageValue; image: ImageValue; losses: Awaited<ReturnType<typeof run>>["outputs"][string] }> {
  const { outputs } = await run(graph, { ...options, outputs: ["content-size.image", "style.image", "image", "losses"] });
  return { content: pictureOf(outputs["content-size.image"]), style: pictureOf(outputs["style.image"]), image: pictureOf(outputs["image"]), losses: outputs["losses"]! };
}

/** What `npx patchbay run examples/style-transfer.json --input content=docs/images/portrait.jpg --input width=416 --input strength=0.3` paints. */
export async function stylePicture(): Promise<Files> {
  const graph = await loadGraph("examples/style-transfer.json");
  const content = await portrait();
  const { style, image, losses } = await paint(graph, { inputs: { content, width: 416, strength: 0.3 } });
  const large = pictureOf((await run(graph, { inputs: { content }, outputs: ["content.image"] })).outputs["content.image"]);
  await graph.dispose();
  if (losses.kind !== "series") throw new Error("no losses came out");
  return {
    "portrait.jpg": content,
    "style-transfer.webp": await toWebp(await panels("A photo, a generated painting, and the photo repainted in its style", [
      { height: 400, panels: [{ image: large, caption: "content: a photo" }, { image: style, caption: "style: a generated painting" }, { image, caption: "result" }] },
    ])),
    "style-losses.svg": curvePlot("Every term of the loss over the steps", losses),
  };
}

export async function styleKinds(): Promise<Files> {
  const graph = await loadGraph("examples/style-transfer.json");
  const content = await portrait();
  const done = [];
  for (const [kind, strength, seed] of KINDS) done.push({ kind, strength, ...(await paint(graph, { inputs: { content, width: 224, strength }, params: { "painting.kind": kind, "painting.seed": seed } })) });
  await graph.dispose();
  return {
    "style-kinds.webp": await toWebp(await panels("One photo in the six kinds of generated paintings", [
      { height: 154, panels: done.map((d) => ({ image: d.style, caption: "", aspect: 208 / 154 })) },
      { height: 208, panels: done.map((d) => ({ image: d.image, caption: `${d.kind} · ${d.strength}`, aspect: 1 })) },
    ])),
  };
}

export async function styleStrengths(): Promise<Files> {
  const graph = await loadGraph("examples/style-transfer.json");
  const content = await portrait();
  const done = [];
  for (const strength of [0, 0.5, 1]) done.push({ strength, ...(await paint(graph, { inputs: { content, width: 320, strength }, params: { "painting.kind": "stained-glass" } })) });
  await graph.dispose();
  return {
    "style-strengths.webp": await toWebp(await panels("Strength from 0 to 1", [
      { height: 320, panels: [{ image: done[0]!.content, caption: "content" }, ...done.map((d) => ({ image: d.image, caption: `strength ${d.strength}` }))] },
    ])),
  };
}

export async function gatysPicture(): Promise<Files> {
  const graph = await loadGraph("examples/style-transfer-gatys.json");
  const content = await portrait();
  const start = pictureOf((await run(graph, { inputs: { content, width: 320 }, outputs: ["generated.image"] })).outputs["generated.image"]);
  const { style, image, losses } = await paint(graph, { inputs: { content, width: 320 } });
  await graph.dispose();
  if (losses.kind !== "series") throw new Error("no losses came out");
  return {
    "style-gatys.webp": await toWebp(await panels("From random noise to a picture, in the textbook form", [
      { height: 320, panels: [{ image: start, caption: "start: noise" }, { image, caption: "after 300 steps" }, { image: style, caption: "style" }] },
    ])),
    "style-gatys-losses.svg": curvePlot("Every term of the textbook loss over the steps", losses),
  };
}
