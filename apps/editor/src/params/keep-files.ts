/** Puts files that came in among the graph's own, and says in a sentence where that did not work. */
import type { EditorParts } from "../app/editor-parts.ts";
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
