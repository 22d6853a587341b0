/** One unit: the patches that excite it most in a square, best first. Tab goes from unit to unit, arrow keys from patch to patch. */
import type { UnitPatches } from "@patchbay/runtime";
import { lazy, Suspense, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { Tip } from "../../ui/Tip.tsx";
import { PixelCanvas } from "../image/PixelCanvas.tsx";
import { patchWords } from "./patch-pages.ts";

const OpenedPatch = lazy(async () => ({ default: (await import("./OpenedPatch.tsx")).OpenedPatch }));

export interface UnitViewProps {
  unit: UnitPatches;
  node: string;
  fresh: boolean;
  title: string;
}

export function UnitView({ unit, node, fresh, title }: UnitViewProps): ReactNode {
  const { channel, layer, patches } = unit;
  const [at, setAt] = useState(0);
  const [opened, setOpened] = useState<number | null>(null);
  const side = Math.ceil(Math.sqrt(patches.length));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - side, ArrowDown: at + side, Home: 0, End: patches.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    // Elsewhere on the canvas these keys move nodes.
    event.preventDefault();
    event.stopPropagation();
    if (to >= 0 && to < patches.length) event.currentTarget.querySelectorAll<HTMLElement>("button")[to]?.focus();
  };
  return (
    <div className="pb-unit" role="group" aria-label={`Channel ${channel} of ${layer}`}>
      <div className="pb-unit-patches nodrag" style={{ "--pb-unit-side": side } as CSSProperties} onKeyDown={onKeyDown}>
        {patches.map((patch, i) => (
          <Tip key={i} text={`${i + 1}. ${patchWords(patch)}`}>
            <button type="button" className="pb-patch" tabIndex={i === at ? 0 : -1} data-by-arrows={i === at ? undefined : true} aria-label={`Patch ${i + 1}, ${patch.box.width} by ${patch.box.height} pixels. Open large`} onFocus={() => setAt(i)} onClick={() => setOpened(i)}>
              <PixelCanvas image={patch.image} label={patchWords(patch)} longest={128} />
            </button>
          </Tip>
        ))}
      </div>
      <span className="pb-unit-name">{patches.length ? "channel" : "never active: channel"} {channel}</span>
      {opened === null ? null : <Suspense fallback={null}><OpenedPatch unit={unit} start={opened} node={node} fresh={fresh} title={title} onClose={() => setOpened(null)} /></Suspense>}
    </div>
  );
}
