/** Pictures in full: zoomed and shifted by wheel, fingers and keys, their pixels read off, two of a size compared. */
import type { Face } from "@patchbay/runtime";
import { ChevronLeft, ChevronRight, Copy, Download, Maximize, Minus, Plus, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useCallback, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { Button } from "../../ui/Button.tsx";
import { Slider } from "../../ui/fields.tsx";
import { usePortal } from "../../ui/portal.ts";
import { download } from "../../formats/download.ts";
import { fileStem } from "../../formats/file-name.ts";
import { Isolated } from "../parts/Isolated.tsx";
import { toPng, type Pixels } from "./PixelCanvas.tsx";
import { pictureFile } from "./picture-file.ts";
import { Stage, type StageControl } from "./Stage.tsx";
import "./image-viewer.css";

export interface Pages {
  readonly count: number;
  name(index: number): string;
  image(index: number): Pixels;
  /** Found on it: drawn with their boxes. */
  faces?(index: number): readonly Face[];
  /** Parts of it that are pointed out, in its pixels. */
  boxes?(index: number): readonly Face["box"][];
  /** What the number under a pixel is, where it is not a colour. */
  read?(index: number, x: number, y: number): string | null;
}

export interface Before {
  readonly title: string;
  readonly image: Pixels;
}

export interface ImageViewerProps {
  readonly title: string;
  readonly pages: Pages;
  readonly start?: number;
  /** Pictures of other nodes that this one may be compared with; those of another size are left out. */
  readonly befores?: readonly Before[];
  readonly onClose: () => void;
}

export function ImageViewer({ title, pages, start = 0, befores = [], onClose }: ImageViewerProps): ReactNode {
  const parts = useEditor();
  const { editor } = parts;
  const [page, setPage] = useState(start);
  const at = Math.min(page, pages.count - 1);
  const image = useMemo(() => pages.image(at), [pages, at]);
  const fitting = befores.filter((b) => b.image.width === image.width && b.image.height === image.height && b.image !== image);
  const [compared, setCompared] = useState<string>("");
  const before = fitting.find((b) => b.title === compared);
  const [split, setSplit] = useState(0.5);
  const [control, setControl] = useState<StageControl | null>(null);
  const [scale, setScale] = useState(1);
  const turn = useCallback((by: number) => setPage((p) => (Math.min(p, pages.count - 1) + by + pages.count) % pages.count), [pages.count]);
  const name = pages.name(at);

  const copy = (): void => {
    // The promise is handed on unopened: Safari allows the clipboard only within the click.
    navigator.clipboard.write([new ClipboardItem({ "image/png": toPng(image) })]).then(
      () => editor.notify({ kind: "success", text: "The picture is on the clipboard." }),
      () => editor.notify({ kind: "error", text: "The browser does not allow the picture on its clipboard. Download it instead." }),
    );
  };
  const save = async (): Promise<void> => download(await pictureFile(parts, image), `${fileStem(pages.count > 1 ? `${title} ${name}` : title)}.png`);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as HTMLElement).closest("[role=slider],select,button") && /^Arrow|^Enter$|^ $/.test(event.key)) return;
    const actions: { readonly [key: string]: () => void } = {
      "+": () => control?.zoom(1.5), "=": () => control?.zoom(1.5), "-": () => control?.zoom(1 / 1.5), "0": () => control?.fit(), "1": () => control?.actual(),
      ArrowLeft: () => control?.shift(60, 0), ArrowRight: () => control?.shift(-60, 0), ArrowUp: () => control?.shift(0, 60), ArrowDown: () => control?.shift(0, -60),
      PageDown: () => turn(1), PageUp: () => turn(-1),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal container={usePortal()}>
        <Isolated>
          <Dialog.Overlay className="pb-overlay" />
          <Dialog.Content className="pb-viewer" aria-describedby={undefined} onKeyDown={onKeyDown}
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              (event.currentTarget as HTMLElement).querySelector<HTMLElement>(".pb-stage")?.focus();
            }}>
            <div className="pb-viewer-head">
              <Dialog.Title className="pb-viewer-title">{title}</Dialog.Title>
              <span className="pb-viewer-size">
                {name !== title ? `${name} · ` : ""}
                {image.width} × {image.height}
              </span>
              <span className="pb-viewer-tools">
                {fitting.length ? (
                  <label className="pb-viewer-compare">
                    <span>Compare with</span>
                    <select className="pb-select" value={compared} onChange={(e) => setCompared(e.target.value)}>
                      <option value="">Nothing</option>
                      {fitting.map((b) => <option key={b.title}>{b.title}</option>)}
                    </select>
                  </label>
                ) : null}
                <Button label="Zoom out" keys="−" icon={<Minus />} iconOnly variant="quiet" onClick={() => control?.zoom(1 / 1.5)} />
                <Button label={`${Math.round(scale * 100)} %`} help="Every pixel as it is" keys="1" variant="quiet" className="pb-button pb-viewer-scale" onClick={() => control?.actual()} />
                <Button label="Zoom in" keys="+" icon={<Plus />} iconOnly variant="quiet" onClick={() => control?.zoom(1.5)} />
                <Button label="Fit the window" keys="0" icon={<Maximize />} iconOnly variant="quiet" onClick={() => control?.fit()} />
                <Button label="Copy picture" icon={<Copy />} iconOnly variant="quiet" onClick={copy} />
                <Button label="Download as PNG" icon={<Download />} iconOnly variant="quiet" onClick={() => void save()} />
                <Button label="Close" icon={<X />} iconOnly variant="quiet" onClick={onClose} />
              </span>
            </div>
            <Stage image={image} before={before?.image} split={split} faces={pages.faces?.(at)} boxes={pages.boxes?.(at)} label={`${name}, ${image.width} by ${image.height} pixels`} {...(pages.read ? { read: (x: number, y: number) => pages.read!(at, x, y) } : {})} onControl={setControl} onScale={setScale} onSplit={setSplit} />
            {before ? (
              <div className="pb-viewer-foot">
                <span>{before.title}</span>
                <Slider label={`Border between ${before.title} and ${title}`} value={split} min={0} max={1} step={0.01} onChange={setSplit} />
                <span>{title}</span>
              </div>
            ) : null}
            {pages.count > 1 ? (
              <div className="pb-viewer-foot">
                <Button label="Previous picture" keys="Page up" icon={<ChevronLeft />} iconOnly variant="quiet" onClick={() => turn(-1)} />
                <Slider label="Picture" value={at} min={0} max={pages.count - 1} step={1} onChange={setPage} />
                <span className="pb-viewer-count">{at + 1} of {pages.count}</span>
                <Button label="Next picture" keys="Page down" icon={<ChevronRight />} iconOnly variant="quiet" onClick={() => turn(1)} />
              </div>
            ) : null}
          </Dialog.Content>
        </Isolated>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
