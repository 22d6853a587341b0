/** Seeded procedural pictures, good enough as style pictures: what a clean clone paints with before anybody brings a painting. */
import { defineNode } from "@patchbay/runtime/node-api";
import { IMAGE } from "../port-types.ts";
import { brushStrokes } from "./patterns/brush-strokes.ts";
import { PALETTES, type Palette, type PaletteName } from "./patterns/colour.ts";
import { marble } from "./patterns/marble.ts";
import { mosaic } from "./patterns/mosaic.ts";
import { pointillism } from "./patterns/pointillism.ts";
import { stainedGlass } from "./patterns/stained-glass.ts";
import { waves } from "./patterns/waves.ts";

interface Kind {
  title: string;
  help: string;
  paint(width: number, height: number, seed: number, palette: Palette): Uint8Array;
  /** What it is painted in unless another palette is chosen. */
  palette: PaletteName;
}

const KINDS: { readonly [kind: string]: Kind } = {
  "brush-strokes": { title: "Brush strokes", help: "A windy night in oils, strokes along a field of whirls.", paint: brushStrokes, palette: "night" },
  "stained-glass": { title: "Stained glass", help: "A rose window of coloured panes in lead.", paint: stainedGlass, palette: "jewel" },
  waves: { title: "Waves", help: "A woodcut sea with foam and a pale sun.", paint: waves, palette: "ocean" },
  mosaic: { title: "Mosaic", help: "Cut stones in rows and wheels.", paint: mosaic, palette: "jewel" },
  marble: { title: "Marbled paper", help: "Ink on water, combed and swirled.", paint: marble, palette: "sunset" },
  pointillism: { title: "Pointillism", help: "A shore in dots of unmixed colour.", paint: pointillism, palette: "meadow" },
};

export const pattern = defineNode({
  type: "Pattern",
  version: 1,
  title: "Pattern",
  group: "Sources",
  doc: "Paints a picture from a seed: brush strokes along a flow field, stained glass, waves, mosaic, marbled paper or dots. The same numbers give the same picture everywhere. Made to be used as a style.",
  source: "Marbled paper: Lu, Jaffer et al., Mathematical Marbling, IEEE CG&A 2012",
  synonyms: ["texture", "procedural", "generative", "style", "painting", "noise", "artwork"],
  inputs: [],
  outputs: [{ name: "image", doc: "The picture.", type: IMAGE }],
  params: [
    { name: "kind", title: "Kind", kind: "choice", default: "brush-strokes", help: "What is painted.", choices: Object.entries(KINDS).map(([value, { title, help }]) => ({ value, title, help })) },
    {
      name: "palette", title: "Palette", kind: "choice", default: "own", help: "Which colours.",
      choices: [{ value: "own", title: "The kind's own" }, ...Object.entries(PALETTES).map(([value, { title }]) => ({ value, title }))],
    },
    { name: "width", title: "Width", kind: "number", default: 384, min: 16, max: 4096, integer: true, unit: "px", help: "Columns; brushes and panes grow with the picture." },
    { name: "height", title: "Height", kind: "number", default: 288, min: 16, max: 4096, integer: true, unit: "px", help: "Rows." },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed paints another picture of the kind." },
  ],
  infer: ({ params }) => ({ outputs: { image: { kind: "image", width: params["width"] as number, height: params["height"] as number } } }),
  async evaluate({ params }) {
    const [width, height] = [params["width"] as number, params["height"] as number];
    const kind = KINDS[params["kind"] as string]!;
    const palette = PALETTES[params["palette"] === "own" ? kind.palette : (params["palette"] as PaletteName)];
    const data = kind.paint(width, height, params["seed"] as number, palette);
    return { image: { kind: "image", width, height, data, name: `${params["kind"]}-${params["seed"]}` } };
  },
});
