/** A file that is not shown as a picture: a gallery, a network, numbers. */
import { serializeGallery } from "@patchbay/nodes";
import type { FileParam } from "@patchbay/graph-core";
import { Download, FileText, FolderOpen, X } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import type { EditorParts } from "../../app/editor-parts.ts";
import { Button } from "../../ui/Button.tsx";
import { keepTogether } from "../keep-files.ts";
import { chooseFiles, saveAs, type PickedFile } from "../pick-files.ts";
import type { FieldProps } from "./field-props.ts";
import { fileName } from "./file-name.ts";
import { useDrop } from "./use-drop.ts";

export function PlainFileField({ spec, value, flatId, label, describedBy, invalid, disabled, compact, onSet }: FieldProps<FileParam>): ReactNode {
  const parts = useEditor();
  const reference = String(value ?? "");
  const take = async (picked: readonly PickedFile[]): Promise<void> => {
    const path = picked.length ? await keepTogether(parts, spec.accept, picked) : null;
    if (path) onSet(path);
  };
  const several = spec.accept === "network" || spec.accept === "dataset";
  const folders = several || spec.accept === "volume";
  const choose = (): void => void chooseFiles({ accept: spec.accept, multiple: several }).then(take);
  const drop = useDrop((files) => void take(files), disabled);
  const name = reference ? fileName(reference) : "Choose or drop a file";
  const row = (
    <span className="pb-file-row" data-over={drop.over || undefined} data-invalid={invalid || undefined} data-large={!compact || undefined} {...drop.handlers}>
      <button type="button" className="pb-file-choose" disabled={disabled} aria-label={`${label}: ${name}`} aria-describedby={describedBy} title={reference || undefined} onClick={choose}>
        {reference ? <FileText /> : <FolderOpen />}
        <span>{reference ? name : compact ? "Choose…" : name}</span>
      </button>
      {reference ? <button type="button" className="pb-file-icon" disabled={disabled} aria-label={`Clear ${label.toLowerCase()}`} title="Clear" onClick={() => onSet("")}><X /></button> : null}
    </span>
  );
  if (compact) return row;
  return (
    <>
      {row}
      {folders ? (
        <div className="pb-file-actions">
          <Button label={spec.accept === "network" ? "Model…" : spec.accept === "dataset" ? "List and pictures…" : "Scan…"} help={TOGETHER[spec.accept]} icon={<FileText />} disabled={disabled} onClick={choose} />
          <Button label="Folder…" help={FOLDER[spec.accept]} icon={<FolderOpen />} disabled={disabled} onClick={() => void chooseFiles({ accept: spec.accept, folder: true }).then(take)} />
        </div>
      ) : null}
      {spec.accept === "gallery" ? <GalleryExport flatId={flatId} /> : null}
    </>
  );
}

const TOGETHER: { readonly [A in FileParam["accept"]]?: string } = {
  network: "Choose an .onnx file, or model.json together with its shards.",
  dataset: "Choose a CSV list together with the pictures that it names.",
  volume: "Choose a NIfTI file.",
};
const FOLDER: { readonly [A in FileParam["accept"]]?: string } = {
  network: "Choose the folder that holds model.json and its shards.",
  dataset: "Choose a folder with one folder of pictures for each person or class.",
  volume: "Choose the folder of a DICOM series.",
};

/** The people that the node gave in the last run, as a file that can be chosen here and given to the command line. */
function GalleryExport({ flatId }: { flatId: string }): ReactNode {
  const parts = useEditor();
  const known = useEditorState((s) => s.run.values.get(`${flatId}.gallery`)?.summary.kind === "gallery");
  if (!known) return null;
  return <div className="pb-file-actions"><Button label="Save gallery…" icon={<Download />} onClick={() => void saveGallery(parts, `${flatId}.gallery`)} /></div>;
}

/** Asks the engine for a gallery (flat `node.port`) and gives it out as a file. */
export async function saveGallery({ engine, editor }: Pick<EditorParts, "engine" | "editor">, key: string): Promise<void> {
  const value = editor.store.getState().run.values.get(key)?.value ?? (await engine.value(key));
  if (value?.kind === "gallery") saveAs("gallery.json", serializeGallery(value), "application/json");
  else editor.notify({ kind: "warning", text: "The gallery of the last run is no longer there. Run again, then save it." });
}
