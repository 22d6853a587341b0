/** The files that a network can be taken along as. */
import type { NetworkValue } from "@patchbay/runtime";
import type { EditorParts } from "../../app/editor-parts.ts";
import { download } from "../../formats/download.ts";
import { fileStem } from "../../formats/file-name.ts";

export type NetworkFile = "onnx" | "tfjs" | "safetensors";

export const networkFiles = (value: NetworkValue): readonly NetworkFile[] => [value.format, "safetensors"];

/** A failure is told as a notice. */
export async function saveNetworkFile({ engine, editor }: EditorParts, key: string, value: NetworkValue, file: NetworkFile): Promise<void> {
  try {
    const stem = fileStem(value.title);
    if (file === "onnx") download(new Blob([value.files[0]!.bytes as BlobPart], { type: "application/octet-stream" }), `${stem}.onnx`);
    else if (file === "tfjs") {
      const { zipSync } = await import("fflate");
      download(new Blob([zipSync(Object.fromEntries(value.files.map(({ name, bytes }) => [name, [bytes, { level: 0 }]]))) as BlobPart], { type: "application/zip" }), `${stem}.zip`);
    } else {
      // Its own value goes along: the engine may have been started anew since.
      const bytes = await engine.weights(key, value);
      if (bytes) download(new Blob([bytes as BlobPart], { type: "application/octet-stream" }), `${stem}.safetensors`);
      else editor.notify({ kind: "error", text: "The engine no longer has this network. Run the graph again." });
    }
  } catch (error) {
    editor.notify({ kind: "error", text: `The network could not be saved: ${error instanceof Error ? error.message : String(error)}` });
  }
}
