/** The pictures of what a network has learned: patches that excite units, pictures painted for them, and what a decision hangs on. */
import { loadGraph, run, type PatchesValue, type RuntimeValue } from "@patchbay/runtime";
import { card, INK, text } from "../diagram/svg.ts";
import { embed, panels, pictureOf, toWebp } from "./panel.ts";
import type { Files } from "./style.ts";

const LAYERS = ["c1", "c4", "c7"] as const;
const [CELL, UNIT_GAP, MARGIN, ROW_GAP] = [62, 18, 20, 44];

/** What `npx patchbay run examples/nine-patches.json` finds, drawn layer by layer. */
export async function ninePatchesPicture(): Promise<Files> {
  const graph = await loadGraph("examples/nine-patches.json");
  const { outputs } = await run(graph);
  await graph.dispose();
  const { units, receptiveFields } = outputs["patches"] as PatchesValue;
  const side = 3 * CELL + 4;
  const body: string[] = [];
  let y = MARGIN;
  for (const layer of LAYERS) {
    body.push(text(MARGIN, y + 16, `${layer}: every unit sees ${receptiveFields[layer]}×${receptiveFields[layer]} pixels`, { size: 16, weight: 600 }));
    y += 30;
    for (const [column, unit] of units.filter((u) => u.layer === layer).entries()) {
      const x = MARGIN + column * (side + UNIT_GAP);
      for (const [i, { image }] of unit.patches.entries()) body.push(await embed(image, x + (i % 3) * (CELL + 2), y + Math.floor(i / 3) * (CELL + 2), CELL, CELL));
      body.push(text(x, y + side + 18, `channel ${unit.channel}`, { size: 13, fill: INK.soft }));
    }
    y += side + ROW_GAP;
  }
  const width = 2 * MARGIN + 4 * side + 3 * UNIT_GAP;
  return { "nine-patches.webp": await toWebp(card(width, y, "Nine patches each of units of three layers", body)) };
}

/** What `npx patchbay run examples/own-network.json` finds: photos, and patches of two layers. */
export async function ownNetworkPicture(): Promise<Files> {
  const graph = await loadGraph("examples/own-network.json");
  const { outputs } = await run(graph, { outputs: ["patches", "first.example", "second.example", "distance"] });
  const other = await run(graph, { inputs: { second: 10 }, outputs: ["second.example", "distance"] });
  await graph.dispose();
  const { units, receptiveFields } = outputs["patches"] as PatchesValue;
  const number = (value: RuntimeValue | undefined): string => (value?.kind === "tensor" ? value.data[0]! : NaN).toFixed(2);
  const side = 3 * CELL + 4;
  const photo = 96;
  const faces = [["a photo", outputs["first.example"]], [`the same person: ${number(outputs["distance"])}`, outputs["second.example"]], [`somebody else: ${number(other.outputs["distance"])}`, other.outputs["second.example"]]] as const;
  const body: string[] = [];
  for (const [i, [caption, value]] of faces.entries()) {
    body.push(await embed(pictureOf(value), MARGIN, MARGIN + i * (photo + 50), photo, photo), text(MARGIN, MARGIN + i * (photo + 50) + photo + 20, caption, { size: 13, fill: INK.soft }));
  }
  const left = MARGIN + 210;
  let y = MARGIN;
  for (const layer of ["clip_1", "clip_2"]) {
    body.push(text(left, y + 14, `${layer}: every unit sees ${receptiveFields[layer]}×${receptiveFields[layer]} of 32×32 pixels`, { size: 15, weight: 600 }));
    for (const [column, unit] of units.filter((u) => u.layer === layer).entries()) {
      const x = left + column * (side + UNIT_GAP);
      for (const [i, { image }] of unit.patches.entries()) body.push(await embed(image, x + (i % 3) * (CELL + 2), y + 28 + Math.floor(i / 3) * (CELL + 2), CELL, CELL));
    }
    y += side + ROW_GAP;
  }
  return { "own-network.webp": await toWebp(card(left + 4 * side + 3 * UNIT_GAP + MARGIN, Math.max(y, MARGIN + 3 * (photo + 50)) + 10, "Invented faces, how far apart a network of one's own finds them, and what its units answer to", body)) };
}

const CHANNELS = [3, 12, 40, 101] as const;

/** What `npx patchbay run examples/feature-visualisation.json --input channel=…` paints. */
export async function featuresPicture(): Promise<Files> {
  const graph = await loadGraph("examples/feature-visualisation.json");
  const painted: RuntimeValue[] = [];
  for (const channel of CHANNELS) painted.push((await run(graph, { inputs: { channel }, outputs: ["image"] })).outputs["image"]!);
  await graph.dispose();
  return { "feature-visualisation.webp": await toWebp(await panels("Pictures painted for four channels of one layer", [{ height: 230, panels: painted.map((value, i) => ({ image: pictureOf(value), caption: `c7, channel ${CHANNELS[i]}` })) }])) };
}

/** What `npx patchbay run examples/saliency.json` explains. */
export async function saliencyPicture(): Promise<Files> {
  const graph = await loadGraph("examples/saliency.json");
  const { outputs } = await run(graph, { outputs: ["saliency", "occlusion", "photo-chip.chips", "reference-chip.chips"] });
  await graph.dispose();
  const shown = [["photo-chip.chips", "the explained face"], ["reference-chip.chips", "compared with"], ["saliency", "gradient of the distance"], ["occlusion", "parts covered"]] as const;
  return { "saliency.webp": await toWebp(await panels("Two faces, and where their distance comes from", [{ height: 230, panels: shown.map(([name, caption]) => ({ image: pictureOf(outputs[name]), caption })) }])) };
}
