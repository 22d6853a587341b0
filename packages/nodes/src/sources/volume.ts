/** Three-dimensional scans: from a file of a scanner or of NumPy, or a synthetic one to learn 3D convolutions on. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, float32, tensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { describeVolume, isOneFile, volumeFrom } from "./volume-file.ts";
import { phantom, type Phantom } from "./volume-phantom.ts";
import { aboutTable, scaleValues } from "./volume-values.ts";

const SYNTHETIC = { visibleWhen: { param: "file", equals: [""] } };
const WINDOW = { visibleWhen: { param: "values", equals: ["window"] } };

export const volume = defineNode({
  type: "Volume",
  version: 1,
  title: "Volume",
  group: "Sources",
  doc: "A scan: from a NIfTI file (.nii, .nii.gz), a DICOM series (its folder, its files with commas between them, or one file with frames), or a NumPy array (.npy); or, where no file is chosen, a seeded synthetic one in the manner of a CT: an ellipsoid body with a denser shell, soft tissue inside, and a few bright round lesions. Scans that say how the patient lay are turned: slices from foot to head, rows from front to back, columns from right to left. Further axes, such as times, are channels. The same layout serves frames of a film, with depth as time. The patient's name is never read.",
  synonyms: ["CT", "MRI", "scan", "voxels", "film", "video", "3D", "phantom", "NIfTI", "DICOM", "medical", "npy", "series"],
  inputs: [],
  outputs: [
    { name: "volume", doc: "Values of each voxel; of the synthetic scan density from 0 (air) to 1 (lesion).", type: tensorType([1, "D", "H", "W", "C"], "volume") },
    { name: "table", doc: "What is known of it: format, size, spacing between voxels, lowest and highest value.", type: { kind: "table" } },
  ],
  params: [
    { name: "file", title: "File or folder", kind: "file", accept: "volume", default: "", help: "A .nii, .nii.gz or .npy file, a DICOM file, a folder with a DICOM series, or several DICOM files with commas between them. Empty makes a synthetic scan." },
    {
      name: "values", title: "Values", kind: "choice", default: "range", help: "How a file's numbers become those of the volume.",
      choices: [
        { value: "range", title: "All to 0…1", help: "The lowest becomes 0, the highest 1." },
        { value: "window", title: "A window to 0…1", help: "What radiologists look at: values beyond the window become 0 or 1." },
        { value: "stored", title: "As they are", help: "Hounsfield units where a CT gives them." },
      ],
    },
    { name: "centre", title: "Window centre", kind: "number", default: 40, min: -100_000, max: 100_000, step: 10, help: "In the file's units; 40 for soft tissue in a CT, −600 for lungs.", ...WINDOW },
    { name: "window", title: "Window width", kind: "number", default: 400, min: 1e-6, max: 1_000_000, step: 10, help: "In the file's units; 400 for soft tissue in a CT, 1,500 for lungs.", ...WINDOW },
    { name: "series", title: "Series", kind: "text", default: "", help: "The number of the series to take where a folder holds several." },
    { name: "depth", title: "Depth", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Slices.", ...SYNTHETIC },
    { name: "height", title: "Height", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Rows of a slice.", ...SYNTHETIC },
    { name: "width", title: "Width", kind: "number", default: 14, min: 1, max: 512, integer: true, unit: "voxels", help: "Columns of a slice.", ...SYNTHETIC },
    { name: "lesions", title: "Lesions", kind: "number", default: 3, min: 0, max: 50, integer: true, help: "Bright balls inside the body.", ...SYNTHETIC },
    { name: "noise", title: "Noise", kind: "number", default: 0.02, min: 0, max: 1, step: 0.01, help: "Amplitude of the scanner's noise.", ...SYNTHETIC },
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed places the lesions elsewhere.", ...SYNTHETIC },
  ],
  infer({ params, facts, node }) {
    const file = params["file"];
    const of = (...size: (number | string)[]) => ({ outputs: { volume: tensorType([1, ...size], "volume") } });
    if (file === "") return of(params["depth"] as number, params["height"] as number, params["width"] as number, 1);
    const fresh = ["D", "H", "W"].map((letter) => freshDim(letter, node));
    if (typeof file !== "string") return of(...fresh, freshDim("C", node));
    const known = facts[file];
    if (known?.kind === "volume") return of(known.depth, known.height, known.width, known.channels);
    // A folder or a list cannot be read as one file, which is no mistake here; its slices are grey.
    if (known?.kind === "missing" && isOneFile(file)) return mistake(["volume", "table"], "file-missing", known.reason, { param: "file" });
    if (known && known.kind !== "missing") return mistake(["volume", "table"], "file-not-volume", `“${file}” is not a volume but a ${known.kind}.`, { param: "file" });
    return of(...fresh, isOneFile(file) ? freshDim("C", node) : 1);
  },
  describeFile: (_param, bytes, name) => describeVolume(bytes, name),
  async evaluate(context) {
    const { params, warn } = context;
    if (params["file"] === "") {
      const made = params as unknown as Phantom;
      const size = [made.depth, made.height, made.width, 1] as const;
      const data = phantom(made);
      return { volume: tensorValue(float32([1, ...size], data)), table: aboutTable({ format: "synthetic", size, spacing: null }, endsOf(data)) };
    }
    const stored = await volumeFrom(context);
    const { data, ends } = scaleValues(stored, { values: params["values"] as "range", centre: params["centre"] as number, width: params["window"] as number }, warn);
    return { volume: tensorValue(float32([1, ...stored.size], data)), table: aboutTable(stored, ends) };
  },
});

function endsOf(data: Float32Array): [number, number] {
  return data.reduce<[number, number]>(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}
