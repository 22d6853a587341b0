/** A list of pictures from a folder, a folder per person, or a list of files: what galleries and reports are made of. */
import { defineNode, NodeFailure, type ImagesValue, type ImageValue } from "@patchbay/runtime/node-api";
import { mistake } from "../port-types.ts";
import { listPictures, splitList, type ListedPicture } from "./picture-list.ts";
import { sampleRegion } from "./pixels.ts";

export const images = defineNode({
  type: "Images",
  version: 1,
  title: "Images",
  group: "Sources",
  doc: "Several pictures: all of a folder, or of a folder with one folder per person (each picture then carries the person's name), or a list of files separated by commas. In a list, “Nora=photo.jpg” names the person and “photo.jpg#xywh=left,top,width,height” takes a part of a picture. Large pictures are shrunk to a longest side, so that many fit into memory.",
  synonyms: ["folder", "dataset", "photos", "people", "pictures", "batch", "list"],
  inputs: [],
  outputs: [{ name: "images", doc: "The pictures in order of their names, or as listed.", type: { kind: "images" } }],
  params: [
    { name: "file", title: "Folder or files", kind: "file", accept: "images", default: "", help: "A folder, or `[name=]file[#xywh=x,y,w,h]` separated by commas; `npm:package/path` reads from an installed package." },
    { name: "maxSide", title: "Longest side", kind: "number", default: 2048, min: 64, max: 16384, integer: true, unit: "px", help: "Larger pictures are shrunk to it." },
  ],
  infer: ({ params }) => (params["file"] === "" ? mistake(["images"], "no-file", "No pictures are chosen: set a folder, or files separated by commas.", { param: "file" }) : {}),
  async evaluate({ params, host, readFile, progress, signal }) {
    const maxSide = params["maxSide"] as number;
    const text = params["file"];
    // A host may have set the file to the bytes of one picture.
    const list: readonly (ListedPicture & { bytes?: Uint8Array })[] = typeof text === "string" && !isOneEmbedded(text) ? await listPictures(host, text) : [await given(readFile)];
    const items: { name: string; label?: string; image: ImageValue }[] = [];
    for (const { reference, name, label, part, bytes } of list) {
      signal?.throwIfAborted();
      const whole = await host.decodeImage(bytes ?? (await host.readFile(reference)), `“${name}”`);
      if (part && (part.x >= whole.width || part.y >= whole.height || part.width === 0 || part.height === 0))
        throw new NodeFailure("empty-part", `“${name}” lies outside its picture of ${whole.width}×${whole.height}.`, { param: "file" });
      const region = part ?? { x: 0, y: 0, width: whole.width, height: whole.height };
      items.push({ name, ...(label === undefined ? {} : { label }), image: { ...cut(whole, region, maxSide), name } });
      progress({ step: items.length, of: list.length, note: "Reading pictures" });
    }
    return { images: { kind: "images", items } satisfies ImagesValue };
  },
});

/** Without further pictures and as a whole: the runtime reads those itself, whatever the host. */
const isOneEmbedded = (text: string): boolean => text.startsWith("data:") && !text.includes("#") && splitList(text).length === 1;

async function given(readFile: (param: string) => Promise<{ name: string; bytes: Uint8Array }>): Promise<ListedPicture & { bytes: Uint8Array }> {
  const { name, bytes } = await readFile("file");
  return { reference: "", name, bytes };
}

/** A part of the picture (cut at its border), shrunk to a longest side. */
function cut(image: ImageValue, part: { x: number; y: number; width: number; height: number }, maxSide: number): ImageValue {
  const width = Math.min(part.width, image.width - part.x);
  const height = Math.min(part.height, image.height - part.y);
  const scale = Math.min(1, maxSide / Math.max(width, height));
  if (scale === 1 && width === image.width && height === image.height) return image;
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (scale < 1) return { kind: "image", width: w, height: h, data: Uint8Array.from(sampleRegion(image, { ...part, width, height }, w, h, "edge"), (v) => Math.round(v * 255)) };
  const data = new Uint8Array(w * h * 3);
  for (let r = 0; r < h; r++) {
    const from = ((part.y + r) * image.width + part.x) * 3;
    data.set(image.data.subarray(from, from + w * 3), r * w * 3);
  }
  return { kind: "image", width: w, height: h, data };
}
