/** Curves over steps on a logarithmic axis: how each term of a loss falls. */
import type { SeriesValue } from "@patchbay/runtime";
import { card, INK, num, text } from "../diagram/svg.ts";

const COLOURS: { readonly [name: string]: string } = { total: "#e8edf5", "style-cost": "#c58bff", "content-cost": "#5cc8a0", smoothness: "#f2a65a" };
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [860, 380, 74, 150, 24, 52];

export function curvePlot(title: string, { x, curves }: SeriesValue): string {
  const positive = curves.flatMap((c) => c.values.filter((v) => v > 0));
  const [low, high] = [Math.floor(Math.log10(Math.min(...positive)) + 1e-9), Math.ceil(Math.log10(Math.max(...positive)) - 1e-9)];
  const last = x.values.at(-1)!;
  const px = (step: number): number => LEFT + (step / last) * (WIDTH - LEFT - RIGHT);
  const py = (value: number): number => TOP + ((high - Math.log10(Math.max(value, 10 ** low))) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const body: string[] = [];
  for (let e = low; e <= high; e++) {
    body.push(`<path d="M${LEFT} ${num(py(10 ** e))}H${WIDTH - RIGHT}" stroke="${INK.edge}"/>`);
    body.push(text(LEFT - 10, py(10 ** e) + 4, e < -2 || e > 3 ? `10${superscript(e)}` : String(Number((10 ** e).toPrecision(1))), { size: 12, fill: INK.soft, anchor: "end" }));
  }
  const gap = [10, 20, 25, 50, 100].find((g) => last / g <= 8) ?? 200;
  for (let step = 0; step <= last; step += gap) body.push(text(px(step), HEIGHT - BOTTOM + 20, String(step), { size: 12, fill: INK.soft, anchor: "middle" }));
  body.push(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.name, { size: 13, fill: INK.soft, anchor: "middle" }));
  // The names stand where the curves end, moved apart where they would meet.
  const ends = curves.map((c) => ({ name: c.name, y: py(c.values.at(-1)!) })).sort((a, b) => a.y - b.y);
  ends.forEach((end, i) => (end.y = Math.max(end.y, i ? ends[i - 1]!.y + 18 : TOP)));
  for (const { name, values } of [...curves].reverse())
    body.push(`<path d="${values.map((v, i) => `${i ? "L" : "M"}${num(px(x.values[i]!))} ${num(py(v))}`).join("")}" fill="none" stroke="${COLOURS[name] ?? INK.soft}" stroke-width="2" stroke-linejoin="round"/>`);
  for (const { name, y } of ends) body.push(text(WIDTH - RIGHT + 12, y + 4, name, { size: 13, fill: COLOURS[name] ?? INK.soft, weight: 600 }));
  return card(WIDTH, HEIGHT, title, body);
}

const superscript = (n: number): string => [...String(n)].map((c) => ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻")).join("");
