/** Scans to learn on: seeded CT-like volumes with lesions whose places are known, as a volume to look at and as labelled cubes cut out of others. */
import { defineNode, float32, tensorValue, type DatasetValue } from "@patchbay/runtime/node-api";
import { countTable } from "../learning/dataset.ts";
import { HOLD_OUT } from "../learning/hold-out.ts";
import { tensorType } from "../port-types.ts";
import { seededUniform } from "../seeded.ts";
import { drawScan, type Scan } from "./scan.ts";

const CLASSES = ["healthy", "lesion"] as const;

export const syntheticCt = defineNode({
  type: "SyntheticCt",
  version: 1,
  title: "Synthetic CT",
  group: "Sources",
  doc: "Scans of bodies that do not exist: an ellipsoid of soft tissue with lungs, a spine, vessels and noise, and in it small round lesions, a little denser than what is around them and softly bounded. The dataset holds cubes cut out of some scans, half of them around a lesion; whole scans are held out. One more scan, never cut up, is there to look at and to search, with the mask of its lesions. Values are 0 for air to 1 for bone. For learning on, not for medicine.",
  synonyms: ["volume", "scan", "tomography", "lesion", "nodule", "3D", "medical", "phantom", "toy data", "training data"],
  inputs: [],
  outputs: [
    { name: "dataset", doc: "Labelled cubes [n,n,n,1].", type: { kind: "dataset", example: null, meaning: "volume" } },
    { name: "volume", doc: "A whole scan, depth first.", type: tensorType([1, "D", "H", "W", 1], "volume") },
    { name: "mask", doc: "1 where that scan has a lesion, else 0.", type: tensorType([1, "D", "H", "W", 1], "volume") },
    { name: "lesions", doc: "The lesions of that scan: centre and radius in voxels.", type: { kind: "table" } },
    { name: "table", doc: "How many cubes there are of either class, and how many of them are held out.", type: { kind: "table" } },
  ],
  params: [
    { name: "size", title: "Size", kind: "number", default: 48, min: 24, max: 160, integer: true, unit: "voxels", help: "Side of a scan." },
    { name: "cube", title: "Cube", kind: "number", default: 12, min: 6, max: 48, integer: true, unit: "voxels", help: "Side of a labelled cube." },
    { name: "scans", title: "Scans", kind: "number", default: 12, min: 2, max: 200, integer: true, help: "How many scans the cubes are cut from." },
    { name: "cubes", title: "Cubes a scan", kind: "number", default: 40, min: 2, max: 1000, integer: true, help: "Half of them around a lesion." },
    { name: "lesions", title: "Lesions a scan", kind: "number", default: 5, min: 1, max: 50, integer: true, help: "In every scan." },
    { name: "contrast", title: "Contrast", kind: "number", default: 0.16, min: 0.01, max: 1, step: 0.01, help: "How much denser than its surroundings a lesion is." },
    { name: "noise", title: "Noise", kind: "number", default: 0.05, min: 0, max: 0.5, step: 0.01, help: "Standard deviation of a voxel's noise." },
    HOLD_OUT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed gives other bodies." },
  ],
  infer({ params }) {
    const [size, cube] = [params["size"] as number, params["cube"] as number];
    const shape = [1, size, size, size, 1];
    return {
      outputs: { dataset: { kind: "dataset", example: [cube, cube, cube, 1], meaning: "volume", classes: CLASSES.length }, volume: tensorType(shape, "volume"), mask: tensorType(shape, "volume") },
      ...(cube > size / 2 ? { diagnostics: [{ code: "cube-too-large", severity: "warning", param: "cube", message: `Cubes of ${cube} voxels leave few places in a scan of ${size}.` }] } : {}),
    };
  },
  async evaluate({ params, progress, signal }) {
    const [size, cube, scans, cubes, count, contrast, noise, seed] = ["size", "cube", "scans", "cubes", "lesions", "contrast", "noise", "seed"].map((name) => params[name] as number) as [number, number, number, number, number, number, number, number];
    const how = { size, lesions: count, contrast, noise };
    const voxels = cube ** 3;
    const total = scans * cubes;
    const data = new Float32Array(total * voxels);
    const [labels, heldOut, names] = [new Int32Array(total), new Uint8Array(total), [] as string[]];
    const kept = Math.round((params["holdOut"] as number) * scans);
    for (let s = 0; s < scans; s++) {
      signal?.throwIfAborted();
      progress({ step: s, of: scans + 1, note: "Drawing scans" });
      const scan = drawScan(how, Math.imul(seed, 7919) + s + 1);
      const next = seededUniform(Math.imul(seed, 104729) + s);
      for (let k = 0; k < cubes; k++) {
        const i = s * cubes + k;
        labels[i] = k % 2;
        heldOut[i] = s >= scans - kept ? 1 : 0;
        data.set(cut(scan, k % 2 === 1 ? aroundLesion(scan, cube, next) : awayFromLesions(scan, cube, next), cube), i * voxels);
        names.push(`scan ${s + 1}, cube ${k + 1}`);
      }
    }
    const dataset: DatasetValue = { kind: "dataset", example: [cube, cube, cube, 1], meaning: "volume", data, classes: CLASSES, labels, heldOut, names };
    const shown = drawScan(how, Math.imul(seed, 7919));
    const shape = [1, size, size, size, 1];
    progress({ step: scans + 1, of: scans + 1 });
    return {
      dataset,
      volume: tensorValue(float32(shape, shown.voxels)),
      mask: tensorValue(float32(shape, shown.mask)),
      lesions: { kind: "table", columns: ["z", "y", "x", "radius"], rows: shown.lesions.map(({ centre, radius }) => [...centre.map((c) => Math.round(c * 10) / 10), Math.round(radius * 10) / 10]) },
      table: countTable(dataset),
    };
  },
});

type Corner = readonly [number, number, number];

/** A corner such that a lesion lies well inside the cube. */
function aroundLesion({ lesions, size }: Scan, cube: number, next: () => number): Corner {
  const { centre, radius } = lesions[Math.floor(next() * lesions.length)]!;
  const play = Math.max(0, cube / 2 - radius) / 2;
  return centre.map((c) => Math.min(size - cube, Math.max(0, Math.round(c - cube / 2 + play * (next() - 0.5))))) as unknown as Corner;
}

/** A corner inside the body whose cube holds nothing of a lesion. */
function awayFromLesions(scan: Scan, cube: number, next: () => number): Corner {
  const span = scan.size - cube;
  let last: Corner = [0, 0, 0];
  for (let attempt = 0; attempt < 200; attempt++) {
    last = [Math.floor(next() * (span + 1)), Math.floor(next() * (span + 1)), Math.floor(next() * (span + 1))];
    const middle = last.map((c) => c + cube / 2) as unknown as Corner;
    if (scan.inside(middle) && cut({ ...scan, voxels: scan.mask }, last, cube).every((v) => v === 0)) return last;
  }
  return last;
}

function cut({ voxels, size }: Pick<Scan, "voxels" | "size">, [z, y, x]: Corner, cube: number): Float32Array {
  const out = new Float32Array(cube ** 3);
  for (let a = 0; a < cube; a++) for (let b = 0; b < cube; b++) out.set(voxels.subarray(((z + a) * size + y + b) * size + x, ((z + a) * size + y + b) * size + x + cube), (a * cube + b) * cube);
  return out;
}
