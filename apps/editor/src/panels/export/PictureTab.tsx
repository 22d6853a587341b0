/** A picture of the canvas, with the graph inside. */
import { Download } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { download } from "../../formats/download.ts";
import { fileStem, sizeText } from "../../formats/file-name.ts";
import { Button } from "../../ui/Button.tsx";
import { Option } from "./Option.tsx";

export function PictureTab(): ReactNode {
  const parts = useEditor();
  const [scale, setScale] = useState(2);
  const [graph, setGraph] = useState(true);
  const [made, setMade] = useState<{ blob: Blob; url: string } | string | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let current = true;
    setMade(null);
    void (async () => {
      try {
        const { canvasPicture } = await import("../../formats/canvas-png.ts");
        const blob = await canvasPicture(parts, { scale, graph });
        if (current) setMade({ blob, url: (url = URL.createObjectURL(blob)) });
      } catch (error) {
        if (current) setMade(error instanceof Error ? error.message : String(error));
      }
    })();
    return () => {
      current = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [parts, scale, graph]);
  const isMade = made !== null && typeof made !== "string";
  return (
    <>
      <div className="pb-export-preview" aria-busy={made === null}>{isMade ? <img src={made.url} alt="The canvas" /> : <p role="status">{made ?? "Drawing …"}</p>}</div>
      <label className="pb-export-row">
        <span>Size</span>
        <select className="pb-select" value={scale} onChange={(event) => setScale(Number(event.target.value))}>
          <option value={1}>As on the canvas</option>
          <option value={2}>Twice as large</option>
          <option value={3}>Three times as large</option>
        </select>
      </label>
      <Option title="Carry the graph inside" about="Dropped on the canvas, the picture becomes the graph again." checked={graph} onChange={setGraph} />
      <div className="pb-export-actions">
        <Button label="Download" icon={<Download />} variant="primary" disabled={!isMade} onClick={() => isMade && download(made.blob, `${fileStem(parts.editor.store.getState().history.document.title)}.png`)} />
        {isMade ? <span className="pb-export-made">{sizeText(made.blob.size)}</span> : null}
      </div>
    </>
  );
}
