/** Labelled examples to learn from and to measure on: pictures of people or classes, or whatever was computed from them. */
import type { Dim, Meaning, PortType } from "@patchbay/graph-core";
import { defineNode, NodeFailure, type DatasetValue, type EvaluateContext, type ImagesValue, type ImageValue, type TableValue, type TensorValue } from "@patchbay/runtime/node-api";
import { sampleRegion } from "../faces/pixels.ts";
import { ANY_TENSOR, mistake } from "../port-types.ts";
import { isList, listFolders, listFromText, type ListedDataset } from "./dataset-list.ts";
import { HOLD_OUT, holdOut, naming, SPLIT, type SplitBy } from "./hold-out.ts";

/** 1 GiB of pixels. */
const MOST_BYTES = 2 ** 30;

type Fit = "crop" | "whole" | "stretch";

export const dataset = defineNode({
  type: "Dataset",
  version: 1,
  title: "Dataset",
  group: "Learning",
  doc: "Labelled examples, some of them held out to measure on. From a folder with one folder of pictures for each person or class; from a list (CSV) with lines of file and class, of two files and whether they show one person, or of anchor, positive and negative; from pictures on a wire that carry names, such as Images gives; or from one row of anything for each of those pictures: aligned faces, encodings. Pictures of all sizes are brought to one. With a list of pairs or triplets, files that are said to show one person are one class, and the pairs or triplets themselves are what is learned from.",
  synonyms: ["training data", "folder", "labels", "csv", "classes", "people", "identities", "train validation split", "hold-out"],
  inputs: [
    { name: "images", doc: "Pictures with the names of their people or classes, in the place of the file.", type: { kind: "images" }, optional: true },
    { name: "examples", doc: "One row for each of the pictures, in their order, in the place of their pixels: aligned faces or encodings.", type: ANY_TENSOR, optional: true },
  ],
  outputs: [
    { name: "dataset", doc: "The examples with their classes.", type: { kind: "dataset", example: null } },
    { name: "table", doc: "How many examples each class has, and how many of them are held out.", type: { kind: "table" } },
  ],
  params: [
    { name: "file", title: "Folder or list", kind: "file", accept: "dataset", default: "", help: "A folder with one folder for each class, or a CSV list: `file,class`, `file,file,same`, or `anchor,positive,negative`. Read only where no pictures are connected." },
    { name: "width", title: "Width", kind: "number", default: 64, min: 1, max: 1024, integer: true, unit: "px", help: "Columns of every picture." },
    { name: "height", title: "Height", kind: "number", default: 64, min: 1, max: 1024, integer: true, unit: "px", help: "Rows of every picture." },
    {
      name: "fit", title: "Other shapes", kind: "choice", default: "crop", help: "What happens to pictures of other proportions.",
      choices: [{ value: "crop", title: "Their middle" }, { value: "whole", title: "Black borders", help: "The whole picture with its proportions." }, { value: "stretch", title: "Stretch" }],
    },
    HOLD_OUT, SPLIT,
    { name: "seed", title: "Seed", kind: "number", default: 1, min: 0, max: 2147483647, integer: true, help: "Another seed holds out others." },
  ],
  infer({ inputs, params, facts }) {
    const file = params["file"] as string;
    const rows = inputs["examples"];
    if (!inputs["images"]) {
      if (rows) return mistake(["dataset", "table"], "no-labels", "Rows arrive without the names of their people or classes: connect the pictures that they belong to at “images”.", { port: "examples" });
      if (file === "") return mistake(["dataset", "table"], "no-file", "There are no examples: choose a folder or a list, or connect pictures with names.", { param: "file" });
      // A folder cannot be read as one file, which is no mistake here; a list that is missing is.
      const known = facts[file];
      if (known?.kind === "missing" && isList(file)) return mistake(["dataset", "table"], "file-missing", known.reason, { param: "file" });
    }
    const example: readonly Dim[] | null = rows?.kind === "tensor" ? (rows.shape?.slice(1) ?? null) : [params["height"] as number, params["width"] as number, 3];
    const meaning: Meaning | undefined = rows?.kind === "tensor" ? meaningOf(rows.meaning) : "image";
    const network = rows?.kind === "tensor" ? rows.network : undefined;
    return { outputs: { dataset: { kind: "dataset", example, ...(meaning ? { meaning } : {}), ...(network ? { network } : {}) } satisfies PortType } };
  },
  async evaluate(context) {
    const { params, inputs, warn } = context;
    const images = inputs["images"] as ImagesValue | undefined;
    const rows = inputs["examples"] as TensorValue | undefined;
    const { examples, pairs, triplets } = images ? named(images) : await listedIn(context);
    const classes = [...new Set(examples.map((e) => e.label))];
    const index = new Map(classes.map((c, i) => [c, i]));
    const labels = Int32Array.from(examples, (e) => index.get(e.label)!);
    const by = params["split"] as SplitBy;
    const held = holdOut(labels, classes, { share: params["holdOut"] as number, by, seed: params["seed"] as number });
    const [width, height, fit] = [params["width"] as number, params["height"] as number, params["fit"] as Fit];
    const pictures = rows ? undefined : images ? images.items.map((i) => sized(i.image, width, height, fit)) : await readPictures(context, examples as ListedDataset["examples"], width, height, fit);
    const crossing = [...(pairs ?? []).map((p) => [p.a, p.b]), ...(triplets ?? []).map((t) => [t.anchor, t.positive, t.negative])].filter((of) => new Set(of.map((i) => held[i])).size > 1).length;
    if (crossing) warn("split-crosses", `${crossing} of ${(pairs ?? triplets)!.length} listed ${pairs ? "pairs" : "triplets"} join an example that is held out and one that is not: they are neither learned from nor measured on.`);
    const value: DatasetValue = {
      kind: "dataset",
      ...(rows ? ofRows(rows, images!) : { example: [height, width, 3], meaning: "image", data: joined(pictures!, width * height * 3) }),
      classes, labels, heldOut: held, names: examples.map((e) => e.name),
      ...(pairs ? { pairs } : {}), ...(triplets ? { triplets } : {}),
    };
    return { dataset: value, table: countTable(value) };
  },
});

/** What a dataset may say of its examples; other meanings of tensors say nothing of them. */
const meaningOf = (meaning: Meaning | undefined): DatasetValue["meaning"] => (meaning === "image" || meaning === "encoding" || meaning === "signal" || meaning === "volume" ? meaning : undefined);

function named({ items }: ImagesValue): { examples: readonly { readonly name: string; readonly label: string }[]; pairs?: undefined; triplets?: undefined } {
  const nameless = items.filter((i) => i.label === undefined).map((i) => i.name);
  if (nameless.length) throw new NodeFailure("no-labels", `${naming(nameless)} carr${nameless.length === 1 ? "ies" : "y"} no name of a person or class: take a folder with one folder for each, or write “Nora=photo.jpg” in a list.`, { param: "file" });
  return { examples: items.map((i) => ({ name: i.name, label: i.label! })) };
}

async function listedIn({ params, host, readFile }: EvaluateContext): Promise<ListedDataset> {
  const file = params["file"] as string;
  if (!isList(file)) return listFolders(host, file.replace(/\/+$/, ""));
  const bytes = file.startsWith("given:") || file.startsWith("data:") ? (await readFile("file")).bytes : await host.readFile(file);
  return listFromText(new TextDecoder().decode(bytes), file);
}

/** Decodes every file; all that are missing are told at once. */
async function readPictures({ host, progress, signal }: EvaluateContext, examples: ListedDataset["examples"], width: number, height: number, fit: Fit): Promise<Uint8Array[]> {
  const bytes = examples.length * width * height * 3;
  if (bytes > MOST_BYTES) throw new NodeFailure("too-large", `${examples.length} pictures of ${width}×${height} pixels are ${Math.round(bytes / 2 ** 20)} MiB; at most ${MOST_BYTES / 2 ** 20} are kept. Take smaller pictures.`, { param: "width" });
  const missing: { name: string; error: NodeFailure }[] = [];
  const pictures: Uint8Array[] = [];
  for (const { reference, name } of examples) {
    signal?.throwIfAborted();
    try {
      const file = await host.readFile(reference);
      // Once something is missing the others are only looked for.
      if (missing.length === 0) pictures.push(sized(await host.decodeImage(file, `“${name}”`), width, height, fit));
    } catch (error) {
      if (!(error instanceof NodeFailure)) throw error;
      missing.push({ name, error });
    }
    progress({ step: pictures.length + missing.length, of: examples.length, note: "Reading pictures" });
  }
  const first = missing[0]?.error;
  if (first && missing.length === 1) throw new NodeFailure(first.code, first.message, { param: "file" });
  if (first) throw new NodeFailure("files-unread", `${missing.length} of ${examples.length} pictures cannot be read: ${naming(missing.map((m) => m.name))}. Of the first: ${first.message}`, { param: "file" });
  return pictures;
}

/** A picture at the examples' size, `[height,width,3]` bytes. */
function sized(image: ImageValue, width: number, height: number, fit: Fit): Uint8Array {
  const { width: w, height: h } = image;
  if (w === width && h === height) return image.data;
  const scale = fit === "whole" ? Math.max(w / width, h / height) : Math.min(w / width, h / height);
  const [across, down] = fit === "stretch" ? [w, h] : [width * scale, height * scale];
  const region = { x: (w - across) / 2, y: (h - down) / 2, width: across, height: down };
  return Uint8Array.from(sampleRegion(image, region, width, height, fit === "whole" ? "black" : "edge"), (v) => Math.round(v * 255));
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(parts.length * size);
  parts.forEach((p, i) => all.set(p, i * size));
  return all;
}

/** Longest side of the small pictures that stand for examples that are none. */
const THUMBNAIL = 64;

function ofRows(rows: TensorValue, { items }: ImagesValue): Pick<DatasetValue, "example" | "meaning" | "data" | "network" | "thumbnails"> {
  if (rows.shape[0] !== items.length) throw new NodeFailure("rows-differ", `There are ${rows.shape[0]} rows and ${items.length} pictures: each picture needs one row. Let Face align give one chip for each picture.`, { param: "file" });
  if (rows.dtype !== "float32") throw new NodeFailure("wrong-content", `Examples are decimal numbers (float32); these are ${rows.dtype}.`);
  const example = rows.shape.slice(1);
  const isPicture = example.length === 3 && example[2] === 3;
  const thumbnail = ({ image }: { image: ImageValue }): ImageValue => {
    const scale = Math.min(1, THUMBNAIL / Math.max(image.width, image.height));
    const [w, h] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
    return { kind: "image", width: w, height: h, data: sized(image, w, h, "stretch") };
  };
  const meaning = isPicture ? "image" : example.length === 1 && rows.network ? "encoding" : undefined;
  return { example, ...(meaning ? { meaning } : {}), data: rows.data as Float32Array, ...(rows.network ? { network: rows.network } : {}), ...(isPicture ? {} : { thumbnails: items.map(thumbnail) }) };
}

/** Counts by class. */
export function countTable({ classes, labels, heldOut }: Pick<DatasetValue, "classes" | "labels" | "heldOut">): TableValue {
  const counts = classes.map(() => [0, 0]);
  labels.forEach((label, i) => {
    counts[label]![0]!++;
    counts[label]![1]! += heldOut[i]!;
  });
  return { kind: "table", columns: ["class", "examples", "held out"], rows: classes.map((name, c) => [name, counts[c]![0]!, counts[c]![1]!]) };
}
