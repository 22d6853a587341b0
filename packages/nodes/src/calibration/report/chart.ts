/** One chart of a report as SVG whose colours are the page's: axes with ticks, curves, bars, and a mark at the threshold. */

export interface Axis {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** `style`: one of the page's classes (`a`, `b`, `guide`). `step`: the value holds until the next point. */
  readonly lines: readonly { readonly name?: string; readonly style: string; readonly points: readonly (readonly [number, number])[]; readonly step?: boolean; readonly fill?: boolean }[];
  /** A vertical line with a word. */
  readonly mark?: { readonly at: number; readonly text: string };
  /** A dot. */
  readonly dot?: readonly [number, number];
  /** A sentence in the middle, where there is no curve to draw. */
  readonly note?: string;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [520, 340, 58, 24, 30, 46];

export function chartSvg({ title, x, y, lines, mark, dot, note }: Chart): string {
  const px = (v: number) => LEFT + ((clamp(v, x) - x.from) / (x.to - x.from)) * (WIDTH - LEFT - RIGHT);
  const py = (v: number) => HEIGHT - BOTTOM - ((clamp(v, y) - y.from) / (y.to - y.from)) * (HEIGHT - TOP - BOTTOM);
  const parts: string[] = [];
  for (const { at, text } of y.ticks) parts.push(`<path class="grid" d="M${LEFT} ${n(py(at))}H${WIDTH - RIGHT}"/>`, `<text x="${LEFT - 8}" y="${n(py(at) + 4)}" text-anchor="end">${escape(text)}</text>`);
  for (const { at, text } of x.ticks) parts.push(`<path class="grid" d="M${n(px(at))} ${TOP}V${HEIGHT - BOTTOM}"/>`, `<text x="${n(px(at))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escape(text)}</text>`);
  for (const { style, points, step, fill } of lines) {
    const d = points.map(([u, v], i) => (i === 0 ? `M${n(px(u))} ${n(py(v))}` : step ? `H${n(px(u))}V${n(py(v))}` : `L${n(px(u))} ${n(py(v))}`)).join("");
    if (fill && points.length) parts.push(`<path class="area ${style}" d="${d}V${n(py(y.from))}H${n(px(points[0]![0]))}Z"/>`);
    parts.push(`<path class="line ${style}" d="${d}"/>`);
  }
  if (mark) {
    const right = px(mark.at) > WIDTH * 0.66;
    parts.push(`<path class="mark" d="M${n(px(mark.at))} ${TOP}V${HEIGHT - BOTTOM}"/>`, `<text class="strong" x="${n(px(mark.at) + (right ? -6 : 6))}" y="${TOP + 13}" text-anchor="${right ? "end" : "start"}">${escape(mark.text)}</text>`);
  }
  if (dot) parts.push(`<circle class="dot" cx="${n(px(dot[0]))}" cy="${n(py(dot[1]))}" r="5"/>`);
  if (note) parts.push(`<text class="strong" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${TOP + 60}" text-anchor="middle">${escape(note)}</text>`);
  const named = lines.filter((l) => l.name !== undefined);
  named.forEach(({ name, style }, i) => {
    const left = WIDTH - RIGHT - 150 * (named.length - i);
    parts.push(`<path class="line ${style}" d="M${left} 17h22"/><text x="${left + 28}" y="21">${escape(name!)}</text>`);
  });
  parts.push(`<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escape(x.title)}</text>`);
  parts.push(`<text transform="translate(13 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escape(y.title)}</text>`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">${parts.join("")}</svg>`;
}

/** Ticks at round numbers (1, 2 or 5 times a power of ten), about `about` of them. */
export function roundTicks(from: number, to: number, about = 6): Axis["ticks"] {
  const raw = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999)!;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => ({ at: (first + i) * step, text: String(Number(((first + i) * step).toPrecision(6))) }));
}

const clamp = (v: number, { from, to }: Axis): number => Math.min(to, Math.max(from, v));
const n = (v: number): string => String(Math.round(v * 10) / 10);

const ENTITIES: { readonly [char: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** For text and attributes of HTML. */
export const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c]!);
