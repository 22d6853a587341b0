/** A link that carries the graph itself. */
import { Copy } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { copyText } from "../formats/actions.ts";
import { makeShareLink, SAFE_LENGTH, type ShareLink } from "../formats/share-link.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notes } from "./export/Notes.tsx";
import "./export/export.css";

export function ShareDialog({ onClose }: { onClose: () => void; dialogKey?: string }): ReactNode {
  const parts = useEditor();
  const { editor, files } = parts;
  const document = useEditorState((s) => s.history.document);
  const [link, setLink] = useState<ShareLink | string | null>(null);
  useEffect(() => {
    let current = true;
    makeShareLink(document, { registry: editor.registry, files, page: location.href }).then(
      (made) => current && setLink(made),
      (error: unknown) => current && setLink(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [document, editor, files]);
  const made = link !== null && typeof link !== "string" ? link : null;
  return (
    <Dialog title="Share link" size="narrow" about="The graph is in the link itself, behind the #, which browsers send to no server. Whoever opens it gets a copy." onClose={onClose}>
      <div className="pb-share">
        <div className="pb-share-row">
          <input className="pb-input pb-mono" readOnly aria-label="Link" value={made?.url ?? ""} placeholder={typeof link === "string" ? link : "Preparing …"} onFocus={(event) => event.target.select()} />
          <Button label="Copy" icon={<Copy />} variant="primary" disabled={!made} onClick={() => made && void copyText(parts, made.url, "The link is on the clipboard.")} />
        </div>
        {made ? (
          <p className="pb-export-made" role="status">
            {made.url.length.toLocaleString("en")} characters.
            {made.url.length > SAFE_LENGTH ? " Some mail and chat programs cut links that long: send the exported file instead, or try it first." : " Short enough for mail and chat."}
          </p>
        ) : null}
        {made ? <Notes notes={made.notes} /> : null}
      </div>
    </Dialog>
  );
}
