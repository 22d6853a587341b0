/** Known people from a gallery file, or from whatever enrols them in the graph. */
import type { GalleryType } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type CalibrationValue, type GalleryValue } from "@patchbay/runtime/node-api";
import { mistake } from "../port-types.ts";
import { calibratedOf, withCalibration } from "./gallery-calibration.ts";
import { parseGallery } from "./gallery-file.ts";

const GALLERY: GalleryType = { kind: "gallery" };

export const gallery = defineNode({
  type: "Gallery",
  version: 1,
  title: "Gallery",
  group: "Faces",
  doc: "The people that Recognise knows: names with the encodings of one or more photos each, from a gallery file made by `patchbay gallery enrol`. Where no file is chosen it passes its `fallback` on, so that a graph can enrol people of its own and still take a file. A calibration of ROC and DET that arrives here goes along with the people, in the place of one that they carry. A damaged file is reported and never changed.",
  synonyms: ["people", "database", "identities", "enrolled", "known faces"],
  inputs: [
    { name: "fallback", doc: "The gallery used while no file is chosen, from Enrol.", type: GALLERY, optional: true, readWhen: { param: "file", equals: [""] } },
    { name: "calibration", doc: "Error rates measured for the people's network.", type: { kind: "calibration" }, optional: true },
  ],
  outputs: [{ name: "gallery", doc: "The people.", type: GALLERY }],
  params: [{ name: "file", title: "File", kind: "file", accept: "gallery", default: "", help: "A gallery file, relative to the graph." }],
  infer({ params, inputs, facts }) {
    const file = params["file"] as string;
    if (file === "") {
      if (inputs["fallback"]) return { outputs: { gallery: { ...(inputs["fallback"] as GalleryType), ...calibratedOf(inputs["calibration"], inputs["fallback"]) } } };
      return mistake(["gallery"], "no-file", "No gallery is chosen: make one with “patchbay gallery enrol” and set the file, or connect Enrol.", { param: "file" });
    }
    const known = facts[file];
    if (known?.kind === "missing") return mistake(["gallery"], "file-missing", known.reason, { param: "file" });
    if (known && known.kind !== "gallery") return mistake(["gallery"], "file-not-gallery", `“${file}” is not a gallery but a ${known.kind}.`, { param: "file" });
    const carried: GalleryType = known ? { kind: "gallery", network: known.network, ...(known.calibrated === undefined ? {} : { calibrated: known.calibrated }) } : GALLERY;
    const calibration = inputs["calibration"];
    // What a file holds is no wire's type: the comparison that two wires get by themselves is made here.
    if (known && calibration?.kind === "calibration" && calibration.network && calibration.network !== known.network)
      return mistake(["gallery"], "network-mismatch", `The calibration is measured with “${calibration.network}”, and the gallery holds encodings by “${known.network}”: its thresholds mean nothing there.`, { port: "calibration" });
    return { outputs: { gallery: { ...carried, ...calibratedOf(calibration, carried) } } };
  },
  describeFile(_param, bytes, name) {
    const { network, entries, calibration } = parseGallery(bytes, `The gallery “${name}”`);
    return { kind: "gallery", network, people: new Set(entries.map((e) => e.name)).size, ...(calibration ? { calibrated: calibration.metric } : {}) };
  },
  async evaluate({ params, inputs, readFile, warn }) {
    const calibration = inputs["calibration"] as CalibrationValue | undefined;
    // A host may set the file to bytes, so only an empty string means that there is none.
    if (params["file"] !== "") {
      const { name, bytes } = await readFile("file");
      return { gallery: withCalibration(parseGallery(bytes, `The gallery “${name}”`), calibration, warn) };
    }
    const fallback = inputs["fallback"] as GalleryValue | undefined;
    if (!fallback) throw new NodeFailure("no-file", "No gallery is chosen: make one with “patchbay gallery enrol” and set the file, or connect Enrol.", { param: "file" });
    return { gallery: withCalibration(fallback, calibration, warn) };
  },
});
