/** The picture of the page about learning: some of the invented people, and how the error on people never seen falls with random and with hard triplets. */
import { loadGraph, run, type DatasetValue, type ImageValue, type SeriesValue } from "@patchbay/runtime";
import { card, INK, num, text } from "../diagram/svg.ts";
import { embed, toWebp } from "./panel.ts";
import type { Files } from "./style.ts";

const [WIDTH, HEIGHT, TOP, FACE, GAP] = [1060, 372, 52, 64, 6];
const [LEFT, RIGHT, BOTTOM] = [540, 1030, 322];
const COLOURS = { random: "#8fa3c2", hard: "#5cc8a0" } as const;
const STEPS = 500;

export async function learningPicture(): Promise<Files> {
  const graph = await loadGraph("examples/learn-encoder.json");
  const body = [text(24, 32, "Two photos a column of one invented person", { size: 15, weight: 600 }), text(LEFT, 32, "EER on people never seen", { size: 15, weight: 600 })];
  const x = (step: number): number => LEFT + (step / STEPS) * (RIGHT - LEFT);
  const y = (rate: number): number => BOTTOM - (rate / 0.5) * (BOTTOM - TOP);
  for (const rate of [0, 0.1, 0.2, 0.3, 0.4, 0.5]) body.push(`<path d="M${LEFT} ${num(y(rate))}H${RIGHT}" stroke="${INK.edge}"/>`, text(LEFT - 8, y(rate) + 4, `${Math.round(rate * 100)} %`, { size: 12, fill: INK.soft, anchor: "end" }));
  for (let step = 0; step <= STEPS; step += 100) body.push(text(x(step), BOTTOM + 20, String(step), { size: 12, fill: INK.soft, anchor: "middle" }));
  body.push(text((LEFT + RIGHT) / 2, HEIGHT - 12, "steps", { size: 13, fill: INK.soft, anchor: "middle" }));
  try {
    const { outputs } = await run(graph, { params: { "trainer.steps": 1, "trainer.learningRate": 1e-8, "trainer.validateEvery": 1 } });
    const begin = eerOf(outputs["validation"] as SeriesValue).rates[0]!;
    for (const mode of ["random", "hard"] as const) {
      const { outputs: trained } = await run(graph, { inputs: { mining: mode, steps: STEPS } });
      const { steps, rates } = eerOf(trained["validation"] as SeriesValue);
      body.push(`<path d="M${num(x(0))} ${num(y(begin))}${rates.map((r, i) => `L${num(x(steps[i]!))} ${num(y(r))}`).join("")}" fill="none" stroke="${COLOURS[mode]}" stroke-width="2.5" stroke-linejoin="round"/>`);
      body.push(`<path d="M${RIGHT - 150} ${mode === "random" ? TOP + 12 : TOP + 34}h26" stroke="${COLOURS[mode]}" stroke-width="3"/>`, text(RIGHT - 116, (mode === "random" ? TOP + 12 : TOP + 34) + 5, `${mode} triplets`, { size: 14, fill: COLOURS[mode], weight: 600 }));
    }
    const { outputs: seen } = await run(graph, { outputs: ["people"], params: { "faces.size": FACE } });
    const people = seen["people"] as DatasetValue;
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 6; column++) {
        const photo = row % 2;
        const person = (row >> 1) * 6 + column;
        body.push(await embed(pictureOf(people, person * 12 + photo), 24 + column * (FACE + GAP), TOP - 6 + row * (FACE + GAP), FACE, FACE));
      }
  } finally {
    await graph.dispose();
  }
  return { "learn-encoder.webp": await toWebp(card(WIDTH, HEIGHT, "Invented people, and the equal error rate of an encoder that learns to tell people apart whom it has never seen", body)) };
}

const eerOf = ({ x, curves }: SeriesValue): { steps: readonly number[]; rates: readonly number[] } => ({ steps: x.values, rates: curves.find((c) => c.name === "EER")!.values });

function pictureOf({ example, data }: DatasetValue, index: number): ImageValue {
  const [height, width] = example as [number, number];
  return { kind: "image", width, height, data: (data as Uint8Array).slice(index * height * width * 3, (index + 1) * height * width * 3) };
}
