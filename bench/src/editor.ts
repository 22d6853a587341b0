/**
 * `npm run bench:editor [-- --rounds N] [--json]`: the editor beside a bare React Flow canvas in the same browser, with 1,000 nodes and 2,000
 * wires each: frame times of panning, zooming and dragging a node, the time from an edit to its shapes, and opening.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { preview, build, type InlineConfig } from "vite";
import { describeMachine, formatMachine } from "./machine.ts";
import { median } from "./rounds.ts";
import type { Row } from "./row.ts";
import { formatTable } from "./table.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const OUT = `${REPOSITORY}node_modules/.cache/patchbay/bench-editor`;
const { values: options } = parseArgs({ options: { rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false } } });
const ROUNDS = Number(options.rounds);

const config: InlineConfig = {
  configFile: false,
  logLevel: "error",
  root: `${REPOSITORY}bench/editor`,
  base: "./",
  resolve: { conditions: ["patchbay-source", "module", "import", "browser", "default"] },
  worker: { format: "es" },
  build: { outDir: OUT, emptyOutDir: true, target: "es2022", reportCompressedSize: false },
};

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const isRoot = process.getuid?.() === 0;
/** Frames as fast as they can be made: tied to a screen's 60 Hz, everything quicker than 16.7 ms would look alike. */
const FLAGS = ["--headless=new", ...(isRoot ? ["--no-sandbox"] : []), "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-frame-rate-limit", "--disable-gpu-vsync"];

type Side = "ours" | "bare";
type Gesture = "pan" | "zoom" | "drag";
type View = "all" | "near";
const GESTURES: readonly Gesture[] = ["pan", "zoom", "drag"];
const VIEWS: readonly View[] = ["all", "near"];

interface Bench {
  ready: Promise<{ milliseconds: number; nodes: number; wires: number }>;
  measure(gesture: Gesture): Promise<{ frames: number[] }>;
  look(at: View): Promise<void>;
  edit?(width: number): Promise<{ typed: number; drawn: number }>;
}
declare const bench: Bench;

await build(config);
const server = await preview({ ...config, preview: { host: "127.0.0.1", port: 0 } });
const address = server.httpServer.address() as AddressInfo;
const machine = describeMachine(1, undefined);
const browser = await chromium.launch({ executablePath, args: FLAGS });

const measure = (page: Page, gesture: Gesture): Promise<number[]> => page.evaluate(async (what) => (await bench.measure(what)).frames, gesture);

const frames = new Map<string, number[]>();
const opening: { [S in Side]: number[] } = { ours: [], bare: [] };
const edits: { typed: number[]; drawn: number[] } = { typed: [], drawn: [] };
let size = "";
try {
  for (let round = 0; round < ROUNDS; round++)
    for (const side of ["ours", "bare"] as const) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(`http://127.0.0.1:${address.port}/?side=${side}`);
      await page.waitForFunction(() => typeof bench !== "undefined");
      const opened = await page.evaluate(() => bench.ready);
      opening[side].push(opened.milliseconds);
      size ||= `${opened.nodes} nodes and ${opened.wires} wires`;
      for (const view of VIEWS) {
        await page.evaluate((at) => bench.look(at), view);
        for (const gesture of GESTURES) keep(`${view} ${gesture} ${side}`, await measure(page, gesture));
      }
      if (side === "ours") for (let i = 0; i < 10; i++) {
        const edit = await page.evaluate((width) => bench.edit!(width), 200 + 8 * (i + 1) + round);
        edits.typed.push(edit.typed);
        edits.drawn.push(edit.drawn);
      }
      await page.close();
    }
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}

/** The median frame of each round: what is compared is the median of these. */
function keep(key: string, measured: readonly number[]): void {
  frames.set(key, [...(frames.get(key) ?? []), median(measured)]);
}

const TITLES: { readonly [V in View]: string } = { all: "all of the graph in view", near: "at 100 %" };
const VERBS: { readonly [G in Gesture]: string } = { pan: "pan", zoom: "zoom", drag: "drag a node" };
const rows: Row[] = [
  ...VIEWS.flatMap((view) =>
    GESTURES.map((gesture): Row => ({
      section: "editor", what: `${VERBS[gesture]}, ${TITLES[view]}: a frame`, unit: "ms",
      ours: median(frames.get(`${view} ${gesture} ours`)!), peer: median(frames.get(`${view} ${gesture} bare`)!), target: { of: "ratio", atMost: 1.3 },
    })),
  ),
  { section: "editor", what: "an edit until every shape is known", unit: "ms", ours: median(edits.typed), target: { of: "ours", atMost: 16 } },
  { section: "editor", what: "an edit until its shapes are drawn", unit: "ms", ours: median(edits.drawn), note: "two frames after the edit, with all components that it concerns." },
  { section: "editor", what: "open the graph", unit: "ms", ours: median(opening.ours), peer: median(opening.bare), note: "from the first line of the page's program until nodes and wires stand." },
];
const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as { version: string }).version;
const versions = { chromium: browser.version(), "@xyflow/react": versionOf("@xyflow/react"), react: versionOf("react") };
if (options.json) console.log(JSON.stringify({ machine, versions, size, rows }, null, 2));
else console.log(`${formatMachine(machine)}\nBrowser:  chromium ${versions.chromium}; @xyflow/react ${versions["@xyflow/react"]}; react ${versions.react}; ${size} on our side\n\n${formatTable(rows)}`);
