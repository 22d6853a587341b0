/** A patch in full: the picture that it was cut from, with the part that the unit sees. The unit's other patches are pages beside it. */
import type { UnitPatches } from "@patchbay/runtime";
import { useMemo, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { ImageViewer } from "../image/ImageViewer.tsx";
import { useWholeValue } from "../state/use-whole-value.ts";
import { valueOf } from "./layers-used.ts";
import { patchPages } from "./patch-pages.ts";

/** `fresh`: the pictures upstream are still those that were searched. */
export function OpenedPatch({ unit, start, node, fresh, title, onClose }: { unit: UnitPatches; start: number; node: string; fresh: boolean; title: string; onClose: () => void }): ReactNode {
  const key = useEditorState((s) => s.inference.flat.incoming.get(node)?.find((wire) => wire.toPort === "images")?.fromKey);
  const shown = useEditorState((s) => (key === undefined ? undefined : s.run.values.get(key)));
  const maxSide = useEditorState((s) => {
    const found = s.inference.flat.byId.get(node);
    return found ? Number(valueOf(found, "maxSide")) : NaN;
  });
  const usable = fresh && shown?.fresh === true && maxSide > 0;
  const whole = useWholeValue(key, usable ? shown : undefined);
  const searched = usable && whole.state === "ready" ? whole.value : null;
  const pages = useMemo(() => patchPages(unit, searched, maxSide), [unit, searched, maxSide]);
  // A patch alone would fill the window, and shrink when its picture is there.
  if (usable && whole.state === "waiting") return null;
  return <ImageViewer title={`${title}: channel ${unit.channel} of ${unit.layer}`} pages={pages} start={start} onClose={onClose} />;
}
