/**
 * `npm run pictures -w @patchbay/editor [-- NAME…]`: runs the examples and writes the pictures of their cards in the gallery
 * to `public/examples/`, 480×300, so that no card shows what the example does not do. Needs the packages built.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadGraph, run, toImage, type DatasetValue, type DecisionValue, type IdentityValue, type ImageValue, type RuntimeValue, type SeriesValue, type TensorValue } from "@patchbay/runtime";
import sharp, { type OverlayOptions } from "sharp";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
const FOLDER = fileURLToPath(new URL("../public/examples/", import.meta.url));
/** Drawn at twice the size, so that lines and letters are clean. */
const [WIDTH, HEIGHT] = [960, 600];
const MOST_BYTES = 25_000;

const INK = { ground: "#12151b", line: "#2f3643", text: "#e8ebf1", soft: "#a9b2c2", good: "#58c48a", bad: "#ff8f8f", accent: "#7f9cff" };
const FONT = "Inter, Helvetica Neue, DejaVu Sans, sans-serif";

type Values = { readonly [name: string]: RuntimeValue };
type Drawing = readonly OverlayOptions[];

const svg = (body: string): OverlayOptions => ({ input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}">${body}</svg>`), left: 0, top: 0 });
const words = (x: number, y: number, content: string, { size = 34, fill = INK.text, weight = 600, anchor = "middle" } = {}): string => `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${content}</text>`;

/** Pictures as they are; of a batch of chips the one that is asked for. */
function pictureOf(value: RuntimeValue | undefined, row = 0): ImageValue {
  if (value?.kind === "image") return value;
  if (value?.kind !== "tensor") throw new Error(`No picture came out, but ${value?.kind ?? "nothing"}.`);
  const [, height, width, channels] = value.shape as [number, number, number, number];
  const size = height * width * channels;
  return toImage({ ...value, shape: [1, height, width, channels], data: value.data.slice(row * size, (row + 1) * size) } as TensorValue);
}

async function place(image: ImageValue, left: number, top: number, width: number, height: number, { radius = 14, frame = "" } = {}): Promise<OverlayOptions> {
  const mask = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${radius}" fill="#fff"/></svg>`;
  const edge = `<svg width="${width}" height="${height}"><rect x="3" y="3" width="${width - 6}" height="${height - 6}" rx="${radius - 3}" fill="none" stroke="${frame}" stroke-width="6"/></svg>`;
  const cut = sharp(Buffer.from(image.data), { raw: { width: image.width, height: image.height, channels: 3 } }).resize(width, height, { fit: "cover", position: "attention", kernel: image.width < 64 ? "nearest" : "lanczos3" }).ensureAlpha();
  return { input: await cut.composite([{ input: Buffer.from(mask), blend: "dest-in" }, ...(frame ? [{ input: Buffer.from(edge) }] : [])]).png().toBuffer(), left, top };
}

/** The result fills the card; what it was made of lies in its corner. */
async function painting(out: Values, content: string, style: string, result: string): Promise<Drawing> {
  const inset = { radius: 12, frame: INK.ground };
  return [
    await place(pictureOf(out[result]), 0, 0, WIDTH, HEIGHT, { radius: 0 }),
    await place(pictureOf(out[content]), 24, HEIGHT - 24 - 150, 200, 150, inset),
    await place(pictureOf(out[style]), 236, HEIGHT - 24 - 150, 200, 150, inset),
  ];
}

/** Two faces and a bar between them, with a mark on it. */
async function pair(out: Values, title: string, fill: string, share: number, at: number | null, [from, to]: readonly [string, string]): Promise<Drawing> {
  const [left, right, y] = [90, WIDTH - 90, 520];
  const x = left + share * (right - left);
  return [
    await place(pictureOf(out["photo-chip.chips"]), 90, 50, 320, 320),
    await place(pictureOf(out["reference-chip.chips"]), WIDTH - 410, 50, 320, 320),
    svg(`${words(WIDTH / 2, 448, title, { size: 44, weight: 700, fill })}
      <rect x="${left}" y="${y - 8}" width="${right - left}" height="16" rx="8" fill="${INK.line}"/><rect x="${left}" y="${y - 8}" width="${(at ?? share) * (right - left)}" height="16" rx="8" fill="${fill}" opacity="0.45"/>
      ${at === null ? "" : `<path d="M${left + at * (right - left)} ${y - 24}v48" stroke="${INK.text}" stroke-width="4"/>`}
      <circle cx="${x}" cy="${y}" r="18" fill="${fill}" stroke="${INK.ground}" stroke-width="6"/>
      ${words(left, y + 54, from, { size: 28, fill: INK.soft, anchor: "start", weight: 500 })}${words(right, y + 54, to, { size: 28, fill: INK.soft, anchor: "end", weight: 500 })}`),
  ];
}

/** A grid of one feature map each, violet where a filter answers. */
function maps({ shape, data }: TensorValue, x: number, y: number, cell: number, columns: number, count: number): string {
  const [rows, across, channels] = shape.slice(-3) as [number, number, number];
  const [side, parts] = [cell / across, [] as string[]];
  for (let map = 0; map < count; map++) {
    const values = Array.from({ length: rows * across }, (_, i) => Number(data[i * channels + map]));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const [left, top] = [x + (map % columns) * (cell + 10), y + Math.floor(map / columns) * (cell + 10)];
    values.forEach((v, i) => parts.push(`<rect x="${left + (i % across) * side}" y="${top + Math.floor(i / across) * side}" width="${side + 0.5}" height="${side + 0.5}" fill="#c58bff" fill-opacity="${(0.06 + (0.94 * (v - low)) / (high - low || 1)).toFixed(2)}"/>`));
  }
  return parts.join("");
}

/** Two rows of people, a photo each; below them how the error on people never seen falls. */
async function learning(people: RuntimeValue | undefined, validation: RuntimeValue | undefined, name: string): Promise<Drawing> {
  if (people?.kind !== "dataset" || validation?.kind !== "series") throw new Error("No people or no curves came out.");
  const { example: [height, width], data, labels } = people as DatasetValue;
  const size = height! * width! * 3;
  const first = (person: number): ImageValue => ({ kind: "image", width: width!, height: height!, data: (data as Uint8Array).slice(labels.indexOf(person) * size, (labels.indexOf(person) + 1) * size) });
  const rates = (validation as SeriesValue).curves.find((c) => c.name === "EER")!.values;
  const [left, right, top, bottom] = [70, WIDTH - 70, 330, 540];
  const most = Math.max(...rates) * 1.1;
  const points = rates.map((r, i) => [left + (i / (rates.length - 1)) * (right - left), bottom - (r / most) * (bottom - top)] as const);
  const percent = (rate: number): string => `${(100 * rate).toFixed(rate < 0.1 ? 1 : 0)} %`;
  return [
    ...(await Promise.all(Array.from({ length: 12 }, (_, i) => place(first(i), 70 + (i % 6) * 140, 30 + Math.floor(i / 6) * 140, 124, 124)))),
    svg(`<path d="M${left} ${bottom}H${right}" stroke="${INK.line}" stroke-width="4"/><path d="${points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join("")}" fill="none" stroke="${INK.good}" stroke-width="7" stroke-linejoin="round"/>
      ${words(right, top + 26, `${name} ${percent(rates[0]!)} → ${percent(Math.min(...rates))}`, { size: 44, weight: 700, anchor: "end" })}`),
  ];
}

const fullCard = async (image: ImageValue): Promise<Drawing> => [await place(image, 0, 0, WIDTH, HEIGHT, { radius: 0 })];

/** Units as grids of 3×3, three in a row. */
async function units(patches: RuntimeValue | undefined): Promise<Drawing> {
  if (patches?.kind !== "patches") throw new Error("No patches came out.");
  const shown = patches.units.slice(-6);
  return Promise.all(shown.flatMap((unit, u) => unit.patches.slice(0, 9).map(({ image }, i) => place(image, 46 + (u % 3) * 296 + (i % 3) * 92, 26 + Math.floor(u / 3) * 286 + Math.floor(i / 3) * 88, 88, 84, { radius: 6 }))));
}

/** Pictures of equal size beside and below one another. */
const grid = (pictures: readonly ImageValue[], columns: number, side: number): Promise<Drawing> =>
  Promise.all(pictures.map((image, i) => place(image, Math.round((WIDTH - columns * (side + 16) + 16) / 2) + (i % columns) * (side + 16), 22 + Math.floor(i / columns) * (side + 14), side, side)));

/** A line over the whole width, and words in its corner. */
function wave(values: readonly number[], colour: string, title: string, under = ""): Drawing {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const path = values.map((v, i) => `${i ? "L" : "M"}${(40 + (i / (values.length - 1)) * (WIDTH - 80)).toFixed(1)} ${(60 + ((high - v) / (high - low)) * 330).toFixed(1)}`).join("");
  return [svg(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="5" stroke-linejoin="round"/>${words(WIDTH / 2, 490, title, { size: 46, weight: 700 })}${words(WIDTH / 2, 545, under, { size: 30, fill: INK.soft, weight: 500 })}`)];
}

/** A slice of a volume as grey values, `[1,D,H,W,1]`. */
function sliceOf(value: RuntimeValue | undefined, z: number): ImageValue {
  const { shape, data } = value as TensorValue;
  const [, , height, width] = shape as [number, number, number, number];
  return { kind: "image", width, height, data: Uint8Array.from({ length: height * width * 3 }, (_, i) => 255 * Math.min(1, Math.max(0, Number(data[z * height * width + Math.floor(i / 3)])))) };
}

/** How many of all counts lie on the diagonal. */
function right(value: RuntimeValue | undefined): string {
  if (value?.kind !== "confusion") throw new Error("No confusion matrix came out.");
  return `${value.counts.reduce((n, row, i) => n + row[i]!, 0)} of ${value.counts.flat().reduce((n, c) => n + c, 0)} right`;
}

const PEOPLE_COLOURS = ["#7f9cff", "#58c48a", "#ffb86b", "#ff8f8f", "#c58bff", "#8fd3f4", "#f4e08f", "#e88fc7"];

/** Each example: the outputs that are asked for, and how they are drawn. */
const CARDS: { readonly [name: string]: { readonly outputs: readonly string[]; draw(out: Values): Promise<Drawing> } } = {
  "style-transfer": { outputs: ["content-size.image", "style.image", "image"], draw: (out) => painting(out, "content-size.image", "style.image", "image") },
  "style-inception": { outputs: ["content-size.image", "style.image", "image"], draw: (out) => painting(out, "content-size.image", "style.image", "image") },
  "style-octaves": { outputs: ["content-size.image", "style.image", "image"], draw: (out) => painting(out, "content-size.image", "style.image", "image") },
  "style-video": {
    outputs: ["paint.frames"],
    draw(out) {
      const frames = out["paint.frames"];
      if (frames?.kind !== "images") throw new Error("No frames came out.");
      const shown = [0, 1 / 3, 2 / 3, 1].map((at) => frames.items[Math.round(at * (frames.items.length - 1))]!.image);
      return Promise.all(shown.map((image, i) => place(image, 24 + (i % 2) * 464, 20 + Math.floor(i / 2) * 288, 448, 272)));
    },
  },
  "style-two-styles": { outputs: ["left.image", "right.image", "image"], draw: (out) => painting(out, "left.image", "right.image", "image") },
  "style-transfer-gatys": { outputs: ["content-size.image", "style.image", "image"], draw: (out) => painting(out, "content-size.image", "style.image", "image") },
  "face-verification": {
    outputs: ["decision", "photo-chip.chips", "reference-chip.chips"],
    draw(out) {
      const { same, distance, threshold } = out["decision"] as DecisionValue;
      return pair(out, same ? "same person" : "different people", same ? INK.good : INK.bad, distance / 1.2, threshold / 1.2, [`distance ${distance.toFixed(2)}`, `threshold ${threshold.toFixed(2)}`]);
    },
  },
  "siamese-logistic": {
    outputs: ["probability", "photo-chip.chips", "reference-chip.chips"],
    draw(out) {
      const value = out["probability"]!;
      const p = value.kind === "number" ? value.value : Number((value as TensorValue).data[0]);
      return pair(out, `p(same) = ${p.toFixed(2)}`, INK.accent, p, null, ["0", "1"]);
    },
  },
  "face-recognition": {
    outputs: ["identity", "photo-chip.chips", "people-chip.chips", "people.images"],
    async draw(out) {
      const { name, candidates, threshold } = out["identity"] as IdentityValue;
      const people = out["people.images"]!;
      if (people.kind !== "images") throw new Error("No people came out.");
      const labels = people.items.map((item) => item.label ?? item.name);
      const [left, right, row] = [570, 900, 108];
      const shown = candidates.slice(0, 5);
      return [
        await place(pictureOf(out["photo-chip.chips"]), 50, 60, 350, 350),
        ...(await Promise.all(shown.map(({ name: who }, i) => place(pictureOf(out["people-chip.chips"], labels.indexOf(who)), 460, 40 + i * row, 88, 88, { radius: 12 })))),
        svg(`${words(225, 490, name ?? "nobody known", { size: 52, weight: 700, fill: name ? INK.good : INK.bad })}
          ${shown.map(({ name: who, distance }, i) => `<rect x="${left}" y="${80 + i * row}" width="${(right - left) * Math.min(1, distance)}" height="18" rx="9" fill="${distance <= threshold ? INK.good : INK.line}"/>${words(left, 66 + i * row, who, { size: 28, anchor: "start", fill: i ? INK.soft : INK.text })}`).join("")}
          <path d="M${left + threshold * (right - left)} 40v500" stroke="${INK.text}" stroke-width="3" stroke-dasharray="4 8"/>`),
      ];
    },
  },
  convolutions: {
    outputs: ["heartbeat.signal", "small.image", "picture-first.output", "picture-second.output"],
    async draw(out) {
      const signal = Array.from((out["heartbeat.signal"] as TensorValue).data, Number);
      const most = Math.max(...signal.map(Math.abs));
      const wave = signal.map((v, i) => `${i ? "L" : "M"}${60 + (i * 240) / (signal.length - 1)} ${150 - (v / most) * 90}`).join("");
      return [
        await place(pictureOf(out["small.image"]), 60, 300, 240, 240),
        svg(`<path d="${wave}" fill="none" stroke="#8fd3f4" stroke-width="6" stroke-linejoin="round"/>
          <path d="M325 300h46m-14-14 14 14-14 14M650 300h46m-14-14 14 14-14 14" fill="none" stroke="${INK.soft}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
          ${maps(out["picture-first.output"] as TensorValue, 395, 50, 115, 2, 8)}${maps(out["picture-second.output"] as TensorValue, 720, 50, 53, 3, 24)}`),
      ];
    },
  },
  "learn-encoder": { outputs: ["people", "validation"], draw: (out) => learning(out["people"], out["validation"], "EER") },
  "learn-verifier": { outputs: ["faces.dataset", "validation"], draw: (out) => learning(out["faces.dataset"], out["validation"], "EER") },
  "nine-patches": { outputs: ["patches"], draw: (out) => units(out["patches"]) },
  "own-network": { outputs: ["patches"], draw: (out) => units(out["patches"]) },
  "feature-visualisation": { outputs: ["image"], draw: (out) => fullCard(pictureOf(out["image"])) },
  saliency: { outputs: ["photo-chip.chips", "reference-chip.chips", "saliency", "occlusion"], draw: (out) => grid(["photo-chip.chips", "reference-chip.chips", "saliency", "occlusion"].map((name) => pictureOf(out[name])), 2, 270) },
  "ekg-conv1d": { outputs: ["ekg.signal", "confusion"], draw: async (out) => wave(Array.from((out["ekg.signal"] as TensorValue).data, Number), "#f2b632", right(out["confusion"]), "four kinds of beats, never seen before") },
  "ct-conv3d": {
    outputs: ["ct.volume", "map", "ct.lesions"],
    async draw(out) {
      const lesions = out["ct.lesions"];
      if (lesions?.kind !== "table") throw new Error("No lesions came out.");
      const largest = [...lesions.rows].sort((a, b) => Number(b[3]) - Number(a[3])).slice(0, 3).map((row) => Math.round(Number(row[0])));
      return grid([...largest.map((z) => sliceOf(out["ct.volume"], z)), ...largest.map((z) => sliceOf(out["map"], z))], 3, 270);
    },
  },
  "calibrate-threshold": {
    outputs: ["calibration"],
    async draw(out) {
      const value = out["calibration"];
      if (value?.kind !== "calibration") throw new Error("No calibration came out.");
      const at = (v: number, from: number, to: number): string => (from + v * (to - from)).toFixed(1);
      const curve = value.points.map(({ far, frr }, i) => `${i ? "L" : "M"}${at(far, 80, 880)} ${at(frr, 60, 460)}`).join("");
      return [svg(`<path d="M80 60V460H880" fill="none" stroke="${INK.line}" stroke-width="4"/><path d="${curve}" fill="none" stroke="${INK.accent}" stroke-width="7" stroke-linejoin="round"/>
        <circle cx="${at(value.chosen.far.value, 80, 880)}" cy="${at(value.chosen.frr.value, 60, 460)}" r="16" fill="${INK.good}"/>${words(880, 330, `τ = ${value.chosen.threshold.value.toFixed(2)}`, { size: 64, weight: 700, anchor: "end" })}${words(880, 390, value.chosen.rule, { size: 34, fill: INK.soft, anchor: "end", weight: 500 })}
        ${words(80, 520, "false accepts →", { size: 30, fill: INK.soft, anchor: "start", weight: 500 })}`)];
    },
  },
  "embedding-map": {
    outputs: ["map"],
    async draw(out) {
      const map = out["map"];
      if (map?.kind !== "scatter") throw new Error("No map came out.");
      const [xs, ys] = [map.points.map((p) => p.x), map.points.map((p) => p.y)];
      const scale = (v: number, all: readonly number[], from: number, to: number): number => from + ((v - Math.min(...all)) / (Math.max(...all) - Math.min(...all))) * (to - from);
      const labels = [...new Set(map.points.map((p) => p.label))];
      return [svg(map.points.map((p) => `<circle cx="${scale(p.x, xs, 60, WIDTH - 60).toFixed(1)}" cy="${scale(p.y, ys, 50, HEIGHT - 50).toFixed(1)}" r="13" fill="${PEOPLE_COLOURS[labels.indexOf(p.label) % PEOPLE_COLOURS.length]}" fill-opacity="0.85"/>`).join(""))];
    },
  },
  "triplet-loss": {
    outputs: ["anchor-chip.chips", "positive-chip.chips", "negative-chip.chips", "losses"],
    async draw(out) {
      const losses = Array.from((out["losses"] as TensorValue).data, Number);
      const columns = [["anchor", INK.accent], ["positive", INK.good], ["negative", INK.bad]] as const;
      const faces = losses.flatMap((_, row) => columns.map(([side, frame], i) => place(pictureOf(out[`${side}-chip.chips`], row), 60 + i * 190, 84 + row * 166, 150, 150, { frame })));
      return [
        ...(await Promise.all(faces)),
        svg(`${columns.map(([side, fill], i) => words(135 + i * 190, 62, side, { size: 28, fill })).join("")}${words(780, 62, "loss", { size: 28, fill: INK.soft })}
          ${losses.map((loss, row) => `${words(780, 176 + row * 166, loss.toFixed(2), { size: 50, weight: 700, fill: loss > 0 ? INK.bad : INK.good })}`).join("")}`),
      ];
    },
  },
};

/** As good as fits. */
async function toCard(drawing: Drawing): Promise<Buffer> {
  const large = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: INK.ground } }).composite([...drawing]).png().toBuffer();
  for (let quality = 84; ; quality -= 6) {
    const card = await sharp(large).resize(480, 300, { kernel: "lanczos3" }).webp({ quality, effort: 6 }).toBuffer();
    if (card.length <= MOST_BYTES || quality < 40) return card;
  }
}

/** Of these examples, or of all. */
export async function writePictures(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(CARDS, name));
  if (unknown.length) throw new Error(`There is no example ${unknown.join(", ")}; there are ${Object.keys(CARDS).join(", ")}.`);
  await mkdir(FOLDER, { recursive: true });
  for (const name of names.length ? names : Object.keys(CARDS)) {
    const { outputs, draw } = CARDS[name]!;
    const graph = await loadGraph(path.join(EXAMPLES, `${name}.json`));
    const result = await run(graph, { outputs });
    await graph.dispose();
    const card = await toCard(await draw(result.outputs));
    await writeFile(path.join(FOLDER, `${name}.webp`), card);
    process.stdout.write(`${name}.webp  ${(card.length / 1000).toFixed(1)} kB\n`);
  }
}
