/** `npm run report:faces -- DIR|pairs.csv [--json]`: how well the default face pipeline tells people apart on your own pictures. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { GraphDocument } from "@patchbay/graph-core";
import { atThreshold, auc, distanceBetween, eer, nodes, rank1, type Pair } from "@patchbay/nodes";
import { GraphError, loadGraph, run, type BackendId } from "@patchbay/runtime";
import { CommandError, EXIT, usage } from "../exit.ts";
import { requireCalibrationFiles, saveCalibration, type Measured } from "./calibration.ts";
import { readFaceSet, type FaceSet } from "./face-set.ts";
import { runReport } from "./run-report.ts";

const USAGE = `npm run report:faces -- DIR|PAIRS.csv [--threshold 0.6] [--detector ssd-mobilenet|tiny] [--backend ID] [--json]
    [--calibration FILE.html|FILE.json]… [--far 0.01]
  DIR has one folder of photos for each person; PAIRS.csv has lines file_x,file_y,Yes|No. --calibration saves the curves with their
  confidence intervals and a threshold, by the EER or the wanted FAR.`;

/** The front half of examples/face-verification.json: a picture to its encoding. */
const pipeline = (detector: string): GraphDocument => ({
  format: "patchbay-graph",
  version: 1,
  nodes: [
    { id: "photo", type: "Image", version: 1, params: {}, position: { x: 0, y: 0 } },
    { id: "faces", type: "FaceDetector", version: 1, params: { network: detector }, position: { x: 260, y: 0 } },
    { id: "chip", type: "FaceAlign", version: 1, params: {}, position: { x: 520, y: 0 } },
    { id: "encoder", type: "Encoder", version: 1, params: {}, position: { x: 780, y: 0 } },
  ],
  wires: [{ from: "photo.image", to: "faces.image" }, { from: "faces.faces", to: "chip.faces" }, { from: "chip.chips", to: "encoder.image" }],
  interface: { inputs: [{ name: "photo", node: "photo", param: "file" }], outputs: [{ name: "encoding", node: "encoder", port: "encoding" }] },
});

interface Report {
  pictures: number;
  people: number | null;
  /** Pictures on which no face was found; their pairs are left out. */
  withoutFace: readonly string[];
  pairs: { same: number; different: number; leftOut: number };
  auc: number;
  eer: { rate: number; threshold: number };
  /** All pairs decided by the threshold of the Threshold node. */
  decision: { threshold: number; accuracy: number; far: number; frr: number };
  /** One enrolled photo of each person, every choice averaged; null without people or without a second photo of anyone. */
  rank1: number | null;
  backend: string;
}

async function report(set: FaceSet, options: { threshold: number; detector: string; backend?: BackendId; progress(done: number): void; measured?(pictures: Measured): Promise<void> }): Promise<Report> {
  const graph = await loadGraph(pipeline(options.detector), { nodes });
  const encodings: (Float32Array | undefined)[] = [];
  let backend = "";
  try {
    for (const { file } of set.pictures) {
      const photo = await readFile(file).catch((cause: unknown) => { throw new CommandError(EXIT.failed, `${file} cannot be read.`, { cause }); });
      try {
        const result = await run(graph, { inputs: { photo: new Uint8Array(photo) }, ...(options.backend ? { backend: options.backend } : {}) });
        const value = result.outputs["encoding"];
        backend = result.backend.id;
        encodings.push(value?.kind === "tensor" ? (value.data as Float32Array) : undefined);
      } catch (error) {
        const faceless = error instanceof GraphError && error.diagnostics.every((d) => d.code === "no-face");
        if (!faceless) throw error instanceof GraphError ? new CommandError(EXIT.failed, `${file}: ${error.diagnostics.map((d) => d.message).join(" ")}`, { cause: error }) : error;
        encodings.push(undefined);
      }
      options.progress(encodings.length);
    }
  } finally {
    await graph.dispose();
  }
  const between = (i: number, j: number) => distanceBetween("euclidean", encodings[i]!, encodings[j]!);
  const pairs: Pair[] = set.pairs.filter(({ a, b }) => encodings[a] && encodings[b]).map(({ a, b, same }) => ({ distance: between(a, b), same }));
  const same = pairs.filter((p) => p.same).length;
  if (same === 0 || same === pairs.length) throw new CommandError(EXIT.failed, `Faces were found on too few pictures: ${same} pairs of one person and ${pairs.length - same} of different people are left.`);
  const found = set.pictures.map((_, i) => i).filter((i) => encodings[i]);
  const people = found.map((i) => set.pictures[i]!.person);
  const known = people.every((p) => p !== undefined);
  await options.measured?.({ encodings: found.map((i) => encodings[i]!), pairs, ...(known ? { people: people as string[] } : {}) });
  return {
    pictures: set.pictures.length,
    people: known ? new Set(people).size : null,
    withoutFace: set.pictures.filter((_, i) => !encodings[i]).map((p) => p.file),
    pairs: { same, different: pairs.length - same, leftOut: set.pairs.length - pairs.length },
    auc: auc(pairs),
    eer: eer(pairs),
    decision: { threshold: options.threshold, ...atThreshold(pairs, options.threshold) },
    rank1: (known ? rank1(people as string[], (i, j) => between(found[i]!, found[j]!)) : undefined) ?? null,
    backend,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function lines(r: Report): string[] {
  return [
    `pictures           ${r.pictures}${r.people === null ? "" : ` of ${r.people} people`}`,
    `without a face     ${r.withoutFace.length}${r.withoutFace.length ? ` (${r.pairs.leftOut} pairs left out): ${r.withoutFace.slice(0, 10).join(", ")}${r.withoutFace.length > 10 ? " …" : ""}` : ""}`,
    `pairs              ${r.pairs.same} of one person, ${r.pairs.different} of different people`,
    `AUC                ${r.auc.toFixed(4)}`,
    `EER                ${percent(r.eer.rate)} at a distance of ${r.eer.threshold.toFixed(3)}`,
    `at threshold ${r.decision.threshold.toFixed(2)}  ${percent(r.decision.accuracy)} right (FAR ${percent(r.decision.far)}, FRR ${percent(r.decision.frr)})`,
    ...(r.rank1 === null ? [] : [`rank-1             ${percent(r.rank1)} with one enrolled photo each, averaged over every choice`]),
    `backend            ${r.backend}`,
  ];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" }, threshold: { type: "string", default: "0.6" }, detector: { type: "string", default: "ssd-mobilenet" }, backend: { type: "string" }, calibration: { type: "string", multiple: true, default: [] }, far: { type: "string" } },
  });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const [from, second] = positionals;
  const threshold = Number(values.threshold);
  if (!from || second !== undefined) throw usage(USAGE);
  if (!Number.isFinite(threshold)) throw usage(`--threshold takes a number, not “${values.threshold}”.`);
  const far = values.far === undefined ? undefined : Number(values.far);
  if (far !== undefined && !(far > 0 && far <= 1)) throw usage(`--far takes a rate between 0 and 1, not “${values.far}”.`);
  await requireCalibrationFiles(values.calibration);
  const set = await readFaceSet(from);
  const progress = (done: number) => void (process.stderr.isTTY && process.stderr.write(`\r${done} of ${set.pictures.length} pictures${done === set.pictures.length ? "\n" : ""}`));
  const result = await report(set, { threshold, detector: values.detector, progress, ...(values.calibration.length ? { measured: (pictures: Measured) => saveCalibration(pictures, values.calibration, far) } : {}), ...(values.backend ? { backend: values.backend as BackendId } : {}) });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines(result).join("\n")}\n`);
}

await runReport(main, USAGE);
