/** A picture from a file: where most graphs begin. */
import { freshDim } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type ImageValue } from "@patchbay/runtime/node-api";
import { IMAGE, mistake } from "../port-types.ts";

export const image = defineNode({
  type: "Image",
  version: 1,
  title: "Image",
  group: "Sources",
  doc: "One picture from a JPEG, PNG or WebP file, turned upright. Where no file is chosen it passes its `fallback` on, so that a graph can come with a generated picture and still take a file: `--input style=painting.jpg`.",
  synonyms: ["picture", "photo", "file", "load", "open", "upload", "camera", "webcam", "jpeg", "png"],
  inputs: [{ name: "fallback", doc: "The picture used while no file is chosen.", type: IMAGE, optional: true, readWhen: { param: "file", equals: [""] } }],
  outputs: [{ name: "image", doc: "The picture.", type: IMAGE }],
  params: [{ name: "file", title: "File", kind: "file", accept: "image", default: "", help: "A path relative to the graph, or `npm:package/path` for a picture of an installed package." }],
  infer({ params, inputs, facts, node }) {
    const file = params["file"] as string;
    if (file === "") {
      if (inputs["fallback"]) return { outputs: { image: inputs["fallback"] } };
      return mistake(["image"], "no-file", "No picture is chosen: set the file, or connect a picture to use instead.", { param: "file" });
    }
    const known = facts[file];
    if (known?.kind === "missing") return mistake(["image"], "file-missing", known.reason, { param: "file" });
    if (known && known.kind !== "image") return mistake(["image"], "file-not-image", `“${file}” is not a picture but a ${known.kind}.`, { param: "file" });
    return { outputs: { image: { kind: "image", width: known?.width ?? freshDim("W", node), height: known?.height ?? freshDim("H", node) } } };
  },
  async evaluate({ params, inputs, readImage }) {
    // A host may set the file to bytes, so only an empty string means that there is none.
    if (params["file"] !== "") return { image: await readImage("file") };
    const fallback = inputs["fallback"] as ImageValue | undefined;
    if (!fallback) throw new NodeFailure("no-file", "No picture is chosen.", { param: "file" });
    return { image: fallback };
  },
});
