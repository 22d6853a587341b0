/** The calibration of a face report, as a page or as JSON: what ROC and DET makes in a graph, from the report's own encodings. */
import path from "node:path";
import { calibrate, calibrationNotes, calibrationPage, pairsOfDistances, pairsOfEncodings, type LabelledPairs } from "@patchbay/nodes";
import { usage } from "../exit.ts";
import { requireWritable, writeWhole } from "../output/atomic-file.ts";

const NETWORK = "face-128";

export interface Measured {
  /** The pictures on which a face was found. */
  readonly encodings: readonly Float32Array[];
  /** By picture; absent where only pairs are known. */
  readonly people?: readonly string[];
  readonly pairs: readonly { readonly distance: number; readonly same: boolean }[];
}

/** Before anything is computed: whether a calibration can be saved under these names. */
export async function requireCalibrationFiles(files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (![".html", ".json"].includes(path.extname(file).toLowerCase())) throw usage(`--calibration saves a page as .html or numbers as .json, not ${file}.`);
    await requireWritable(file, "--calibration");
  }
}

/** `far`: the wanted false acceptance rate; without it the threshold is the one of the EER. */
export async function saveCalibration(measured: Measured, files: readonly string[], far: number | undefined): Promise<void> {
  const labelled = labelledPairs(measured);
  const rule = far === undefined ? ({ kind: "eer" } as const) : ({ kind: "far", target: far } as const);
  const { calibration, sampled } = await calibrate(labelled, { metric: "euclidean", rule, samples: 200, share: 0.95, seed: 1 });
  const notes = calibrationNotes(labelled, rule, sampled).map((n) => n.message);
  for (const file of files) await writeWhole(file, path.extname(file).toLowerCase() === ".html" ? calibrationPage(calibration, notes) : `${JSON.stringify(calibration, null, 2)}\n`);
}

function labelledPairs({ encodings, people, pairs }: Measured): LabelledPairs {
  if (!people) {
    const tensor = (values: readonly number[]) => ({ kind: "tensor", dtype: "float32", shape: [values.length], data: Float32Array.from(values), network: NETWORK }) as const;
    return pairsOfDistances(tensor(pairs.map((p) => p.distance)), tensor(pairs.map((p) => Number(p.same))));
  }
  const width = encodings[0]!.length;
  const data = new Float32Array(encodings.length * width);
  encodings.forEach((encoding, i) => data.set(encoding, i * width));
  const names = [...new Set(people)];
  return pairsOfEncodings({ data, width, labels: people.map((p) => names.indexOf(p)), network: NETWORK }, "euclidean", 1);
}
