/** Saves an output in the form that its file's ending asks for. */
import path from "node:path";
import { encodeSafetensors, isLearned, learnedRows, toImage, type Host, type ImageValue, type NetworkValue, type RuntimeValue } from "@patchbay/runtime";
import { failed } from "../exit.ts";
import { valueJson } from "../report/value-json.ts";
import { writeWhole } from "./atomic-file.ts";
import { seriesCsv, tableCsv } from "./csv.ts";

export async function saveValue(value: RuntimeValue, file: string, host: Host): Promise<void> {
  const ending = path.extname(file).toLowerCase();
  if (value.kind === "gallery") return (await import("../gallery/gallery-store.ts")).saveGallery(file, value);
  if (ending === ".csv" && value.kind === "table") return writeWhole(file, tableCsv(value));
  if (ending === ".csv" && value.kind === "series") return writeWhole(file, seriesCsv(value));
  if (value.kind === "file" && ending !== ".json") return writeWhole(file, value.bytes);
  if (value.kind === "network" && ending === ".onnx") {
    if (value.format !== "onnx") throw failed(`${value.title} is a TensorFlow.js model and cannot be saved as ONNX.`);
    return writeWhole(file, value.files[0]!.bytes);
  }
  if (value.kind === "network" && ending === ".safetensors") return writeWhole(file, await weightsOf(value));
  if (ending === ".csv" && isLearned(value)) return writeWhole(file, tableCsv({ kind: "table", ...learnedRows(value) }));
  if (ending === ".txt" && value.kind === "text") return writeWhole(file, value.text.endsWith("\n") ? value.text : `${value.text}\n`);
  if (ending === ".json") return writeWhole(file, `${JSON.stringify(value.kind === "tensor" ? { dtype: value.dtype, shape: value.shape, data: Array.from(value.data) } : valueJson(value), null, 2)}\n`);
  const image = pictureOf(value);
  if (!image) throw failed(`The output came out as ${value.kind}, which cannot be saved to ${file}.`);
  await writeWhole(file, await host.encodeImage(image, ending === ".png" ? "png" : ending === ".webp" ? "webp" : "jpeg"));
}

/** A network's weights under their names; what the network computes with them is in its own format alone. */
async function weightsOf(value: NetworkValue): Promise<Uint8Array> {
  const { networkWeights } = await import("@patchbay/runtime/networks");
  return encodeSafetensors(networkWeights(value), { network: value.network, title: value.title });
}

/** The value as a picture, where it is one: also the tensor that an optimiser paints. */
function pictureOf(value: RuntimeValue): ImageValue | undefined {
  if (value.kind === "image") return value;
  if (value.kind !== "tensor" || value.dtype !== "float32" || value.shape.at(-1) !== 3) return undefined;
  const [n, height, width] = value.shape;
  return value.shape.length === 4 && n === 1 && height! > 0 && width! > 0 ? toImage(value) : undefined;
}
