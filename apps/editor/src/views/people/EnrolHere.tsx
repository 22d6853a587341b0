/** Around a gallery: people are enrolled where they are seen, by drop, by file or by camera. They join the list of the Images node that feeds it. */
import { Camera, ImagePlus } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { useDrop } from "../../params/fields/use-drop.ts";
import { usePictureList } from "../../params/fields/use-picture-list.ts";
import { Webcam } from "../../params/fields/webcam.tsx";
import { useParamEdit } from "../../params/param-edit.ts";
import { chooseFiles, type PickedFile } from "../../params/pick-files.ts";
import { useParamState } from "../../params/use-param-state.ts";
import { Button } from "../../ui/Button.tsx";
import { enrolledFrom } from "../graph/enrolled-from.ts";
import "./people.css";

/** `node`: flat id of the node whose gallery is shown. Alone with its children where no list of pictures leads to it. */
export function EnrolHere({ node, children }: { node: string; children: ReactNode }): ReactNode {
  const source = useEditorState(useMemo(() => (state) => enrolledFrom(state.inference.flat, node)?.node ?? null, [node]));
  return source === null ? children : <Enrolling node={node} source={source}>{children}</Enrolling>;
}

function Enrolling({ node, source, children }: { node: string; source: string; children: ReactNode }): ReactNode {
  const { editor, run } = useEditor();
  const value = useEditorState((state) => String(enrolledFrom(state.inference.flat, node)?.value ?? ""));
  const edit = useParamEdit(source);
  const { outside, readOnly } = useParamState(source);
  const { entries, add } = usePictureList(value, (next) => {
    const from = enrolledFrom(editor.store.getState().inference.flat, node);
    if (from) edit.set(from.spec, next, "Enrol");
  });
  const [camera, setCamera] = useState(false);
  const disabled = readOnly || outside !== null;
  const enrol = async (files: readonly PickedFile[], name?: string): Promise<void> => {
    if (files.length === 0) return;
    const { document } = editor.store.getState().history;
    await add(files, name);
    // Whoever enrols somebody here wants to see them here.
    const { history, run: now } = editor.store.getState();
    if (history.document !== document && now.phase === "idle" && !now.live) run.start({ nodes: [node] });
  };
  const drop = useDrop((files) => void enrol(files), disabled);
  const names = useMemo(() => [...new Set(entries.flatMap((e) => (e.label ? [e.label] : [])))], [entries]);
  return (
    <div className="pb-enrol-here" role="group" aria-label="Enrol people" data-over={drop.over || undefined} {...drop.handlers}>
      {children}
      <div className="pb-enrol-bar nodrag nokey">
        <span>Drop photos to enrol</span>
        <Button label="Enrol from pictures" icon={<ImagePlus />} iconOnly variant="quiet" disabled={disabled} onClick={() => void chooseFiles({ accept: "images", multiple: true }).then((files) => enrol(files))} />
        <Button label="Enrol with the camera" icon={<Camera />} iconOnly variant="quiet" disabled={disabled} onClick={() => setCamera(true)} />
      </div>
      {camera ? <Webcam askName knownNames={names} onClose={() => setCamera(false)} onTake={(file, name) => void enrol([{ path: file.name, file }], name)} /> : null}
    </div>
  );
}
