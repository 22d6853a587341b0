/** Puts files that came in among the graph's own, and says in a sentence where that did not work. */
import type { EditorParts } from "../app/editor-parts.ts";
import { bundleOf, freeFolder, keepBundle, missingText } from "../formats/bundles.ts";
import { folderOf, fits, portablePicture, type Accept, type PickedFile } from "./pick-files.ts";
import { personName, type PictureEntry } from "./picture-list.ts";

type Keeper = Pick<EditorParts, "files" | "editor">;

const WANTED: { readonly [A in Accept]: string } = {
  image: "a picture", images: "a picture", gallery: "a gallery file (JSON)", onnx: "an ONNX file", network: "a network file (.onnx, or model.json with its shards)", dataset: "a picture or a CSV list", signal: "a CSV file", volume: "a volume file", json: "a JSON file",
};

/** The path by which the graph names the file; null after saying why there is none. */
export async function keepFile({ files, editor }: Keeper, accept: Accept, picked: PickedFile): Promise<string | null> {
  const refuse = (text: string): null => {
    editor.notify({ kind: "error", text });
    return null;
  };
  if (!fits(accept, picked)) return refuse(`“${picked.file.name}” is not ${WANTED[accept]}.`);
  const isPicture = accept === "image" || accept === "images";
  const file = isPicture ? await portablePicture(picked.file) : picked.file;
  if (!file) return refuse(`“${picked.file.name}” is a kind of picture that this browser cannot show. Save it as JPEG, PNG or WebP first.`);
  const folder = picked.path.includes("/") ? picked.path.slice(0, picked.path.lastIndexOf("/") + 1) : "";
  try {
    return await files.add(folder + file.name, file);
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") return refuse(`This browser has no room left for “${file.name}”. Export the graph, delete graphs that you no longer need, and add the file again.`);
    return refuse(`“${file.name}” could not be kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The path of what was chosen together: a model with its shards, a list with its pictures, or a folder with a folder for each class;
 * of other kinds the first file's. Null after saying why there is none.
 */
export async function keepTogether(keeper: Keeper, accept: Accept, picked: readonly PickedFile[]): Promise<string | null> {
  const [first] = picked;
  if (!first) return null;
  const { editor, files } = keeper;
  try {
    if (accept === "network" || accept === "dataset") {
      const bundle = await bundleOf(picked);
      if (bundle?.kind === accept) {
        const text = missingText(bundle);
        if (text) editor.notify({ kind: "warning", text });
        return await keepBundle(files, bundle);
      }
    }
    const inFolders = accept === "dataset" ? picked.filter((one) => fits("images", one) && one.path.includes("/")) : accept === "volume" ? picked.filter((one) => one.path.includes("/")) : [];
    if (inFolders.length) return await keepFolder(keeper, accept, inFolders);
  } catch (error) {
    editor.notify({ kind: "error", text: `“${first.file.name}” could not be kept: ${error instanceof Error ? error.message : String(error)}` });
    return null;
  }
  if (accept === "dataset" && !/\.(csv|tsv|txt)$/i.test(first.file.name)) {
    editor.notify({ kind: "error", text: "A dataset is a folder with one folder of pictures for each person or class, or a CSV list together with the pictures that it names." });
    return null;
  }
  return keepFile(keeper, accept, first);
}

/** A folder under a name of its own; folders in it keep theirs, which are the classes'. */
async function keepFolder(keeper: Keeper, accept: Accept, picked: readonly PickedFile[]): Promise<string> {
  const folder = await freeFolder(keeper.files, picked[0]!.path.split("/")[0]!);
  for (const one of picked) {
    const [, ...inside] = one.path.split("/");
    const file = accept === "dataset" ? await portablePicture(one.file) : one.file;
    if (!file) continue;
    const [first, ...deeper] = [...inside.slice(0, -1), file.name];
    await keeper.files.add(deeper.length ? `${folder}/${first}/${deeper.join("-")}` : `${folder}/${first}`, file);
  }
  return folder;
}

/** Pictures as entries of a list; those that lay in a folder carry its name as the person's. */
export async function keepPictures(keeper: Keeper, picked: readonly PickedFile[], name?: string): Promise<readonly PictureEntry[]> {
  const pictures = picked.filter((one) => fits("images", one));
  if (picked.length && pictures.length === 0) keeper.editor.notify({ kind: "error", text: "There is no picture among these files." });
  const entries: PictureEntry[] = [];
  for (const picture of pictures) {
    const reference = await keepFile(keeper, "images", picture);
    if (reference === null) continue;
    const label = personName(name ?? folderOf(picture.path) ?? "");
    entries.push({ reference, ...(label ? { label } : {}) });
  }
  return entries;
}
