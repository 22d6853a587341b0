/** Known people from a gallery file, or from whatever enrols them in the graph. */
import type { GalleryType } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type GalleryValue } from "@patchbay/runtime/node-api";
import { mistake } from "../port-types.ts";
import { parseGallery } from "./gallery-file.ts";

const GALLERY: GalleryType = { kind: "gallery" };

export const gallery = defineNode({
  type: "Gallery",
  version: 1,
  title: "Gallery",
  group: "Faces",
  doc: "The people that Recognise knows: names with the encodings of one or more photos each, from a gallery file made by `patchbay gallery enrol`. Where no file is chosen it passes its `fallback` on, so that a graph can enrol people of its own and still take a file. A damaged file is reported and never changed.",
  synonyms: ["people", "database", "identities", "enrolled", "known faces"],
  inputs: [{ name: "fallback", doc: "The gallery used while no file is chosen, from Enrol.", type: GALLERY, optional: true, readWhen: { param: "file", equals: [""] } }],
  outputs: [{ name: "gallery", doc: "The people.", type: GALLERY }],
  params: [{ name: "file", title: "File", kind: "file", accept: "gallery", default: "", help: "A gallery file, relative to the graph." }],
  infer({ params, inputs, facts }) {
    const file = params["file"] as string;
    if (file === "") {
      if (inputs["fallback"]) return { outputs: { gallery: inputs["fallback"] } };
      return mistake(["gallery"], "no-file", "No gallery is chosen: make one with “patchbay gallery enrol” and set the file, or connect Enrol.", { param: "file" });
    }
    const known = facts[file];
    if (known?.kind === "missing") return mistake(["gallery"], "file-missing", known.reason, { param: "file" });
    if (known && known.kind !== "gallery") return mistake(["gallery"], "file-not-gallery", `“${file}” is not a gallery but a ${known.kind}.`, { param: "file" });
    return { outputs: { gallery: known ? { kind: "gallery", network: known.network } : GALLERY } };
  },
  describeFile(_param, bytes, name) {
    const { network, entries } = parseGallery(bytes, `The gallery “${name}”`);
    return { kind: "gallery", network, people: new Set(entries.map((e) => e.name)).size };
  },
  async evaluate({ params, inputs, readFile }) {
    // A host may set the file to bytes, so only an empty string means that there is none.
    if (params["file"] !== "") {
      const { name, bytes } = await readFile("file");
      return { gallery: parseGallery(bytes, `The gallery “${name}”`) };
    }
    const fallback = inputs["fallback"] as GalleryValue | undefined;
    if (!fallback) throw new NodeFailure("no-file", "No gallery is chosen: make one with “patchbay gallery enrol” and set the file, or connect Enrol.", { param: "file" });
    return { gallery: fallback };
  },
});
