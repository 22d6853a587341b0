/** One picture: chosen, dropped, pasted, photographed, or one of the samples. */
import type { FileParam } from "@patchbay/graph-core";
import { Camera, FolderOpen, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { Button } from "../../ui/Button.tsx";
import { keepFile } from "../keep-files.ts";
import { chooseFiles, type PickedFile } from "../pick-files.ts";
import type { FieldProps } from "./field-props.ts";
import { fileName } from "./file-name.ts";
import { Picture, useThumbnail } from "./Picture.tsx";
import { SamplePictures } from "./SamplePictures.tsx";
import { useDrop } from "./use-drop.ts";
import { Webcam } from "./webcam.tsx";

export function ImageField(props: FieldProps<FileParam>): ReactNode {
  const { spec, label, describedBy, invalid, disabled, compact, onSet } = props;
  const parts = useEditor();
  const reference = String(props.value ?? "");
  const [camera, setCamera] = useState(false);
  const thumbnail = useThumbnail(reference, undefined, compact ? 64 : 560);
  const take = async ([file]: readonly PickedFile[]): Promise<void> => {
    const path = file && (await keepFile(parts, spec.accept, file));
    if (path) onSet(path);
  };
  const choose = (): void => void chooseFiles({ accept: spec.accept }).then(take);
  const drop = useDrop((files) => void take(files), disabled);
  const dialog = camera ? <Webcam onClose={() => setCamera(false)} onTake={(file) => void take([{ path: file.name, file }])} /> : null;
  const name = reference ? fileName(reference) : "Choose or drop a picture";
  /** In the place of a picture. */
  const hint = reference === "" ? "Choose, drop or paste a picture" : thumbnail === null ? "This file cannot be shown as a picture." : "Reading…";

  if (compact)
    return (
      <span className="pb-file-row" data-over={drop.over || undefined} data-invalid={invalid || undefined} {...drop.handlers}>
        <button type="button" className="pb-file-choose" disabled={disabled} aria-label={`${label}: ${name}`} title={reference.startsWith("data:") ? name : reference || name} onClick={choose}>
          {reference ? <Picture reference={reference} side={64} /> : <FolderOpen />}
          <span>{reference ? name : "Choose…"}</span>
        </button>
        <button type="button" className="pb-file-icon" disabled={disabled} aria-label={`${label}: take a photo`} title="Take a photo" onClick={() => setCamera(true)}><Camera /></button>
        {dialog}
      </span>
    );
  return (
    <div className="pb-file" {...drop.handlers}>
      <button type="button" className="pb-drop" data-over={drop.over || undefined} data-empty={!thumbnail || undefined} aria-invalid={invalid || undefined} aria-describedby={describedBy} disabled={disabled} aria-label={`${label}: ${reference ? `${name}. ` : ""}${thumbnail ? "Choose another picture" : hint}`} onClick={choose}>
        {thumbnail ? <img src={thumbnail.url} alt="" draggable={false} /> : <span>{hint}</span>}
      </button>
      {reference ? (
        <div className="pb-file-about">
          <span className="pb-file-name" title={reference.startsWith("data:") ? undefined : reference}>{name}</span>
          {thumbnail ? <span className="pb-file-size">{thumbnail.width} × {thumbnail.height}</span> : null}
          <Button label={`Clear ${label.toLowerCase()}`} icon={<X />} iconOnly variant="quiet" disabled={disabled} onClick={() => onSet("")} />
        </div>
      ) : null}
      <div className="pb-file-actions">
        <Button label="Choose…" icon={<FolderOpen />} disabled={disabled} onClick={choose} />
        <Button label="Camera" help="Take a photo" icon={<Camera />} disabled={disabled} onClick={() => setCamera(true)} />
        <SamplePictures disabled={disabled} onChoose={onSet} />
      </div>
      {dialog}
    </div>
  );
}
