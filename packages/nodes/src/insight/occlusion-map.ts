/** Which parts of a photo a decision needs: the number is computed again with a grey patch over each. */
import { defineNode, float32, tensorValue, type TensorData } from "@patchbay/runtime/node-api";
import { tensorType } from "../port-types.ts";
import { blurred, overlay, scaled } from "./heat.ts";
import { tensorPicture } from "./pictures.ts";

export const occlusionMap = defineNode({
  type: "OcclusionMap",
  version: 1,
  title: "Occlusion map",
  group: "Insight",
  doc: "Slides a patch over a photo and computes a number again with each place covered: where it changes most, the number needs what is there. Slower than Saliency, and not misled by saturated gradients. The photo enters through Generated image, which starts as it and stays as it is.",
  formula: String.raw`M_{p} = d(x) - d(x \text{ with a patch at } p)`,
  source: "Zeiler & Fergus, arXiv 1311.2901, section 4.2",
  synonyms: ["occlusion", "attribution", "explain", "heat map", "sensitivity", "importance", "mask"],
  role: "optimiser",
  inputs: [{ name: "loss", title: "value", doc: "The number to explain; a generated image that starts as the photo lies upstream.", type: tensorType([]), traced: true }],
  outputs: [
    { name: "map", doc: "By how much covering a place lowers the number (positive) or raises it, averaged over the patches that cover each pixel and scaled to at most 1.", type: tensorType([1, "H", "W", 1]) },
    { name: "overlay", doc: "The photo in grey with the map over it, blurred by half a stride: warm where covering lowers the number, cold where it raises it.", type: { kind: "image", width: "W", height: "H" } },
    { name: "largest", doc: "The largest change of the number, before scaling.", type: tensorType([]) },
  ],
  params: [
    { name: "patch", title: "Patch", kind: "number", default: 32, min: 1, max: 1024, integer: true, unit: "px", help: "Side of the square that covers." },
    { name: "stride", title: "Stride", kind: "number", default: 16, min: 1, max: 1024, integer: true, unit: "px", help: "How far it moves; half a patch is usual. Half the stride takes four times as long." },
    {
      name: "fill", title: "Filled with", kind: "choice", default: "mean", help: "What covers.",
      choices: [{ value: "mean", title: "The photo's mean colour" }, { value: "grey", title: "Middle grey" }, { value: "black", title: "Black" }],
    },
  ],
  infer({ variable }) {
    const [, h, w] = variable?.kind === "tensor" && variable.shape ? variable.shape : [];
    if (h === undefined || w === undefined) return {};
    return { outputs: { map: tensorType([1, h, w, 1]), overlay: { kind: "image", width: w, height: h }, largest: tensorType([]) } };
  },
  async optimise({ params, probe, progress, signal }) {
    const asked = probe();
    const photo = await asked.start();
    const [, height, width] = photo.shape as [number, number, number];
    const [patch, stride] = [params["patch"] as number, params["stride"] as number];
    const before = await asked.lossAt(photo);
    const colour = fillColour(photo, params["fill"] as string);
    const places = starts(height, patch, stride).flatMap((y) => starts(width, patch, stride).map((x) => [y, x] as const));
    const [sums, counts] = [new Float64Array(height * width), new Float64Array(height * width)];
    let largest = 0;
    for (const [i, [y, x]] of places.entries()) {
      signal?.throwIfAborted();
      progress({ step: i, of: places.length, note: "Covering the photo" });
      const change = before - (await asked.lossAt(covered(photo, y, x, patch, colour)));
      if (Math.abs(change) > Math.abs(largest)) largest = change;
      for (let r = Math.max(0, y); r < Math.min(height, y + patch); r++)
        for (let c = Math.max(0, x); c < Math.min(width, x + patch); c++) {
          sums[r * width + c]! += change;
          counts[r * width + c]! += 1;
        }
    }
    const map = scaled(float32([1, height, width, 1], Float32Array.from(sums, (sum, i) => sum / Math.max(1, counts[i]!))));
    progress({ step: places.length, of: places.length });
    return { map: tensorValue(map), overlay: overlay(tensorPicture(photo), scaled(blurred(map, stride / 2))), largest: tensorValue(float32([], [largest])) };
  },
});

/** Places at even distances that cover the whole length; the last ends at its end. */
function starts(length: number, patch: number, stride: number): number[] {
  const last = Math.max(0, length - patch);
  const found: number[] = [];
  for (let at = 0; at < last; at += stride) found.push(at);
  return [...found, last];
}

function fillColour({ data }: TensorData, fill: string): readonly [number, number, number] {
  if (fill !== "mean") return fill === "grey" ? [0.5, 0.5, 0.5] : [0, 0, 0];
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++) sums[i % 3]! += data[i]!;
  return sums.map((s) => s / (data.length / 3)) as [number, number, number];
}

function covered(photo: TensorData, y: number, x: number, patch: number, colour: readonly [number, number, number]): TensorData {
  const [, height, width] = photo.shape as [number, number, number];
  const data = Float32Array.from(photo.data);
  for (let r = Math.max(0, y); r < Math.min(height, y + patch); r++)
    for (let c = Math.max(0, x); c < Math.min(width, x + patch); c++) for (let k = 0; k < 3; k++) data[(r * width + c) * 3 + k] = colour[k]!;
  return float32(photo.shape, data);
}
