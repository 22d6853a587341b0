/** Adds people to a gallery: one encoding is enough to be recognised, without any training. */
import { defineNode, NodeFailure, type CalibrationValue, type GalleryValue, type ImagesValue, type TensorValue } from "@patchbay/runtime/node-api";
import { mistake, tensorType } from "../port-types.ts";
import { networkOf } from "./encodings.ts";
import { calibratedOf, UNKNOWN_NETWORK, withCalibration } from "./gallery-calibration.ts";

export const enrol = defineNode({
  type: "Enrol",
  version: 1,
  title: "Enrol",
  group: "Faces",
  doc: "Adds encodings to a gallery (or begins one): nothing is trained, which is what one-shot learning means here. The names come from the pictures that were encoded, row by row: the person's name of a folder per person or of a list, else the file's name; or, for one person, from the parameter. A person may have as many photos as you like; a photo that is enrolled again replaces the earlier one. A calibration of ROC and DET stays with the gallery, so that Recognise can take its threshold; it must be of the same network.",
  source: "one-shot learning by distance: DeepFace (Taigman et al. 2014)",
  synonyms: ["register", "add person", "one-shot", "enroll", "enrolment", "known face"],
  inputs: [
    { name: "encodings", doc: "One row for each photo.", type: tensorType(["N", "C"], "encoding") },
    { name: "images", doc: "The pictures that the rows belong to, for their names.", type: { kind: "images" }, optional: true },
    { name: "gallery", doc: "The people known before.", type: { kind: "gallery" }, optional: true },
    { name: "calibration", doc: "Error rates measured for this network, to keep with the people; without it, those of the people known before.", type: { kind: "calibration" }, optional: true },
  ],
  outputs: [{ name: "gallery", doc: "The people known now.", type: { kind: "gallery" } }],
  params: [{ name: "name", title: "Name", kind: "text", default: "", help: "The person on all photos, where no pictures are connected." }],
  infer({ inputs, params }) {
    if (!inputs["images"] && params["name"] === "") return mistake(["gallery"], "no-name", "Nobody's name is known: connect the pictures that were encoded, or give a name.", { param: "name" });
    const network = networkOf(inputs["encodings"]) ?? networkOf(inputs["gallery"]);
    return { outputs: { gallery: { kind: "gallery", ...(network ? { network } : {}), ...calibratedOf(inputs["calibration"], inputs["gallery"]) } } };
  },
  async evaluate({ inputs, params, warn }) {
    const encodings = inputs["encodings"] as TensorValue;
    const images = inputs["images"] as ImagesValue | undefined;
    const before = inputs["gallery"] as GalleryValue | undefined;
    const [rows, width] = encodings.shape as [number, number];
    const network = encodings.network ?? before?.network ?? UNKNOWN_NETWORK;
    if (before && before.entries.length > 0 && (before.network !== network || before.width !== width))
      throw new NodeFailure("network-mismatch", `The gallery holds encodings by “${before.network}” of ${before.width} numbers, and these are by “${network}” of ${width}: they cannot be kept together.`);
    if (images && images.items.length !== rows)
      throw new NodeFailure("rows-differ", `There are ${rows} encodings and ${images.items.length} pictures: let Face align give one chip for each picture.`);
    const added = Array.from({ length: rows }, (_, i) => {
      const item = images?.items[i];
      const name = item ? (item.label ?? stem(item.name)) : (params["name"] as string);
      return { name, ...(item ? { photo: item.name } : {}), encoding: (encodings.data as Float32Array).slice(i * width, (i + 1) * width) };
    });
    const isAgain = (e: { name: string; photo?: string }) => e.photo !== undefined && added.some((a) => a.name === e.name && a.photo === e.photo);
    const gallery: GalleryValue = { kind: "gallery", network, width, entries: [...(before?.entries ?? []).filter((e) => !isAgain(e)), ...added] };
    return { gallery: withCalibration(gallery, (inputs["calibration"] as CalibrationValue | undefined) ?? before?.calibration, warn) };
  },
});

/** A file's name without folder, fragment and extension. */
const stem = (name: string): string => name.replace(/#.*$/, "").replace(/^.*\//, "").replace(/\.[^.]+$/, "") || name;
