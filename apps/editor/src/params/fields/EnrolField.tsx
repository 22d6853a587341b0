/** A list of people in one row, for the node itself: their faces, and how to add another by drop, by file or by camera. */
import { Camera, Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { chooseFiles } from "../pick-files.ts";
import type { FileParam } from "@patchbay/graph-core";
import type { FieldProps } from "./field-props.ts";
import { Picture } from "./Picture.tsx";
import { useDrop } from "./use-drop.ts";
import { usePictureList } from "./use-picture-list.ts";
import { Webcam } from "./webcam.tsx";

/** Faces in the row. */
const SHOWN = 4;

export function EnrolField({ spec, value, label, disabled, invalid, onSet }: Pick<FieldProps<FileParam>, "spec" | "value" | "label" | "disabled" | "invalid" | "onSet">): ReactNode {
  const { entries, folder, add } = usePictureList(value, onSet);
  const [camera, setCamera] = useState(false);
  const drop = useDrop((files) => void add(files), disabled);
  const names = [...new Set(entries.flatMap((e) => (e.label ? [e.label] : [])))];
  return (
    <span className="pb-file-row" role="group" aria-label={label} data-over={drop.over || undefined} data-invalid={invalid || undefined} {...drop.handlers}>
      <span className="pb-faces-row">
        {entries.slice(0, SHOWN).map((entry, i) => <span key={i} title={entry.label}><Picture reference={entry.reference} part={entry.part} side={64} alt={entry.label ?? ""} /></span>)}
        {entries.length > SHOWN ? <span className="pb-faces-row-more">+{entries.length - SHOWN}</span> : null}
        {entries.length === 0 ? <span className="pb-faces-row-hint">{folder ?? "Drop photos"}</span> : null}
      </span>
      <button type="button" className="pb-file-icon" disabled={disabled} aria-label={`${label}: add pictures`} title="Add pictures" onClick={() => void chooseFiles({ accept: spec.accept, multiple: true }).then((files) => add(files))}><Plus /></button>
      <button type="button" className="pb-file-icon" disabled={disabled} aria-label={`${label}: enrol with the camera`} title="Enrol with the camera" onClick={() => setCamera(true)}><Camera /></button>
      {camera ? <Webcam askName knownNames={names} onClose={() => setCamera(false)} onTake={(file, name) => void add([{ path: file.name, file }], name)} /> : null}
    </span>
  );
}
