/** A list of pictures with the people on them: how people enrol into a gallery, by drop, by file, by folder or by camera. */
import type { FileParam } from "@patchbay/graph-core";
import { Camera, FolderPlus, ImagePlus, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { chooseFiles } from "../pick-files.ts";
import { countPeople, fileStem, personName, type PictureEntry } from "../picture-list.ts";
import { EnrolField } from "./EnrolField.tsx";
import type { FieldProps } from "./field-props.ts";
import { fileName } from "./file-name.ts";
import { Picture } from "./Picture.tsx";
import { useDrop } from "./use-drop.ts";
import { usePictureList } from "./use-picture-list.ts";
import { Webcam } from "./webcam.tsx";

/** Rows before “Show all”. */
const SHOWN = 40;

export function ImagesField(props: FieldProps<FileParam>): ReactNode {
  return props.compact ? <EnrolField {...props} /> : <PeopleList {...props} />;
}

function PeopleList(props: FieldProps<FileParam>): ReactNode {
  const { spec, value, label, describedBy, disabled, onChange, onDone, onSet } = props;
  const { entries, folder, text, add } = usePictureList(value, onSet);
  const [camera, setCamera] = useState(false);
  const [all, setAll] = useState(false);
  const drop = useDrop((files) => void add(files), disabled);
  const names = [...new Set(entries.flatMap((e) => (e.label ? [e.label] : [])))];
  const put = (at: number, entry: PictureEntry): string => text(entries.map((e, i) => (i === at ? entry : e)));
  return (
    <div className="pb-enrol" role="group" aria-label={label} aria-describedby={describedBy} data-over={drop.over || undefined} {...drop.handlers} tabIndex={-1}>
      {entries.length ? (
        <>
          <p className="pb-param-count">{countText(entries)}{folder === null ? "" : `, in the folder ${folder}`}</p>
          <ul className="pb-enrol-list">
            {(all ? entries : entries.slice(0, SHOWN)).map((entry, at) => (
              <li key={`${at} ${entry.reference.slice(0, 200)}`} className="pb-person">
                <Picture reference={entry.reference} part={entry.part} side={96} />
                <NameEntry
                  entry={entry} at={at} disabled={disabled} onDone={onDone}
                  onChange={(name) => {
                    const { label: _before, ...rest } = entry;
                    onChange(put(at, name ? { ...rest, label: name } : rest));
                  }}
                />
                <Button label={`Remove ${entry.label ?? fileStem(entry.reference)}`} icon={<X />} iconOnly variant="quiet" disabled={disabled} onClick={() => onSet(text(entries.filter((_, i) => i !== at)))} />
              </li>
            ))}
          </ul>
          {entries.length > SHOWN && !all ? <Button label={`Show all ${entries.length}`} variant="quiet" onClick={() => setAll(true)} /> : null}
        </>
      ) : (
        <p className="pb-enrol-empty">{folder === null ? "Drop photos here, or a folder with a folder of photos for each person." : `The pictures of the folder “${folder}” are listed when the graph runs.`}</p>
      )}
      <div className="pb-file-actions">
        <Button label="Pictures…" help="Add pictures" icon={<ImagePlus />} disabled={disabled} onClick={() => void chooseFiles({ accept: spec.accept, multiple: true }).then((files) => add(files))} />
        <Button label="Folder…" help="Add a folder: folders in it are named after the people on their photos." icon={<FolderPlus />} disabled={disabled} onClick={() => void chooseFiles({ accept: spec.accept, folder: true }).then((files) => add(files))} />
        <Button label="Camera" help="Enrol a person with the camera" icon={<Camera />} disabled={disabled} onClick={() => setCamera(true)} />
      </div>
      <details className="pb-as-text">
        <summary>As text</summary>
        <textarea className="pb-textarea pb-mono" rows={3} aria-label={`${label}, as text`} value={String(value ?? "")} disabled={disabled} spellCheck={false} onChange={(event) => onChange(event.target.value)} onBlur={onDone} />
      </details>
      {camera ? <Webcam askName knownNames={names} onClose={() => setCamera(false)} onTake={(file, name) => void add([{ path: file.name, file }], name)} /> : null}
    </div>
  );
}

/** What is typed stays as it is while it is typed; the list gets the name without what lists cannot hold. */
function NameEntry({ entry, at, disabled, onChange, onDone }: { entry: PictureEntry; at: number; disabled: boolean; onChange: (name: string) => void; onDone: () => void }): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const stem = fileStem(entry.reference);
  return (
    <span className="pb-person-name">
      <input
        className="pb-input" aria-label={`Name of person ${at + 1}`} placeholder={stem} value={draft ?? entry.label ?? ""} disabled={disabled} autoComplete="off"
        onChange={(event) => {
          setDraft(event.target.value);
          onChange(personName(event.target.value));
        }}
        onBlur={() => {
          setDraft(null);
          onDone();
        }}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      <span className="pb-person-file" title={entry.reference.startsWith("data:") ? undefined : entry.reference}>{fileName(entry.reference)}{entry.part ? ` · part of ${entry.part.width} × ${entry.part.height}` : ""}</span>
    </span>
  );
}

function countText(entries: readonly PictureEntry[]): string {
  const people = countPeople(entries);
  return `${entries.length === 1 ? "1 photo" : `${entries.length} photos`} of ${people === 1 ? "1 person" : `${people} people`}`;
}
