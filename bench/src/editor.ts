/**
 * `npm run bench:editor [-- --rounds N] [--json]`: the editor beside a bare React Flow canvas in the same browser, with 1,000 nodes and 2,000
 * wires each: frame times of panning, zooming and dragging a node, the time from an edit to its shapes, and opening.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium, type CDPSession, type Page } from "playwright-core";
import { preview, build, type InlineConfig } from "vite";
import type { Bench, EditTimes, Gesture, Opened, View } from "./editor-page.ts";
import { describeMachine, formatMachine } from "./machine.ts";
import { median } from "./rounds.ts";
import type { Row } from "./row.ts";
import { formatTable } from "./table.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const OUT = `${REPOSITORY}node_modules/.cache/patchbay/bench-editor`;
const { values: options } = parseArgs({ options: { rounds: { type: "string", default: "7" }, json: { type: "boolean", default: false } } });
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
const SIDES: readonly Side[] = ["ours", "bare"];
const GESTURES: readonly Gesture[] = ["pan", "zoom", "drag"];
const VIEWS: readonly View[] = ["all", "near"];
const EDITS = 8;
const STEPS = 30;

declare const bench: Bench;

await build(config);
const server = await preview({ ...config, preview: { host: "127.0.0.1", port: 0 } });
const address = server.httpServer.address() as AddressInfo;
const machine = describeMachine(1, undefined);
const browser = await chromium.launch({ executablePath, args: FLAGS });

interface Opening {
  readonly page: Page;
  readonly client: CDPSession;
  readonly opened: Opened;
}

/** In a context of its own: neither side waits for the other's main thread. */
async function open(side: Side, size: { width: number; height: number } | null): Promise<Opening> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`http://127.0.0.1:${address.port}/?side=${side}${size ? `&width=${size.width}&height=${size.height}` : ""}`);
  await page.waitForFunction(() => typeof bench !== "undefined");
  const opened = await page.evaluate(() => bench.ready);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  return { page, client, opened };
}

/** Milliseconds that the page's main thread has computed. */
async function mainThread({ client }: Opening): Promise<number> {
  const { metrics } = await client.send("Performance.getMetrics");
  return 1000 * metrics.find((metric) => metric.name === "ThreadTime")!.value;
}

const figures = new Map<string, number[]>();
const keep = (key: string, value: number): unknown => figures.set(key, [...(figures.get(key) ?? []), value]);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

async function measure(side: Side, opening: Opening, view: View, gesture: Gesture): Promise<void> {
  const { page } = opening;
  await page.bringToFront();
  await page.evaluate((at) => bench.look(at), view);
  const aim = await page.evaluate((what) => bench.aim(what), gesture);
  const before = await mainThread(opening);
  const times = await page.evaluate((at) => bench.perform(at), aim);
  const computed = (await mainThread(opening)) - before;
  keep(`frame ${view} ${gesture} ${side}`, mean(times));
  keep(`thread ${view} ${gesture} ${side}`, computed / times.length);
  if (gesture === "drag") await page.evaluate(() => bench.restore());
}

function keepEdit(what: string, { typed, shown, drawn }: EditTimes): void {
  keep(`${what} typed`, typed);
  keep(`${what} shown`, shown);
  keep(`${what} drawn`, drawn);
}

async function measureEdits({ page }: Opening, round: number): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => bench.look("near"));
  // No length of a picture is like one of these.
  const first = 2000 + 50 * round;
  for (let i = 0; i <= STEPS; i++) {
    const edit = await page.evaluate((width) => bench.edit!(width), first + i);
    if (i < EDITS) keepEdit("edit", edit);
  }
  keepEdit("jump", await page.evaluate(([steps, width]) => bench.jump!(steps, width), [STEPS, first] as const));
}

let size = "";
const loads = [loadavg()[0]!];
try {
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await open("ours", null);
    const bare = await open("bare", ours.opened);
    const sides = { ours, bare };
    size ||= `${ours.opened.nodes} nodes and ${ours.opened.wires} wires on our side, ${bare.opened.nodes} and ${bare.opened.wires} on the other, a canvas of ${ours.opened.width} × ${ours.opened.height}`;
    for (const side of SIDES) keep(`open ${side}`, sides[side].opened.milliseconds);
    for (const view of VIEWS)
      for (const gesture of GESTURES)
        // Who goes first changes from round to round.
        for (const side of round % 2 ? SIDES : [...SIDES].reverse()) await measure(side, sides[side], view, gesture);
    await measureEdits(ours, round);
    for (const side of SIDES) await sides[side].page.context().close();
    loads.push(loadavg()[0]!);
  }
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}

const TITLES: { readonly [V in View]: string } = { all: "all of the graph in view", near: "at 100 %" };
const VERBS: { readonly [G in Gesture]: string } = { pan: "pan", zoom: "zoom", drag: "drag a node" };
const figure = (key: string): number => median(figures.get(key)!);
const alone = (what: string, key: string, target?: Row["target"], note?: string): Row => ({ section: "editor", what, unit: "ms", ours: figure(key), ...(target ? { target } : {}), ...(note ? { note } : {}) });
const both = (what: string, key: string, target?: Row["target"]): Row => ({ section: "editor", what, unit: "ms", ours: figure(`${key} ours`), peer: figure(`${key} bare`), ...(target ? { target } : {}) });

const rows: Row[] = [
  ...VIEWS.flatMap((view) =>
    GESTURES.flatMap((gesture) => [
      both(`${VERBS[gesture]}, ${TITLES[view]}: a frame`, `frame ${view} ${gesture}`, { of: "ratio", atMost: 1.3 }),
      both("… of that the main thread's work", `thread ${view} ${gesture}`),
    ]),
  ),
  alone("an edit until every type is known", "edit typed"),
  alone("an edit until the new shape stands on its wires", "edit shown", { of: "ours", atMost: 16 }),
  alone("an edit until the frame with it is done", "edit drawn"),
  alone(`${STEPS} steps of the history at once: until shapes stand`, "jump shown"),
  both("open the graph", "open"),
];
const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as { version: string }).version;
const versions = { chromium: browser.version(), "@xyflow/react": versionOf("@xyflow/react"), react: versionOf("react") };
const load = { least: Math.min(...loads), most: Math.max(...loads) };
if (options.json) console.log(JSON.stringify({ machine, load, versions, size, rounds: ROUNDS, rows }, null, 2));
else
  console.log(
    `${formatMachine(machine)}\nBrowser:  chromium ${versions.chromium}; @xyflow/react ${versions["@xyflow/react"]}; react ${versions.react}\n` +
      `Graph:    ${size}\nRounds:   ${ROUNDS}, load ${load.least.toFixed(1)} to ${load.most.toFixed(1)}\n\n${formatTable(rows)}`,
  );
