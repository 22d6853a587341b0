/** One graph of the list: its drawing with what came out of it last, its name, and what can be done with it. */
import { Copy, Ellipsis, FileDown, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { GraphEntry, Workspace } from "../../storage/workspace.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { timeAgo } from "./time-ago.ts";

export function GraphCard({ graph, workspace, onOpened }: { graph: GraphEntry; workspace: Workspace; onOpened: () => void }): ReactNode {
  const { editor } = useEditor();
  const [naming, setNaming] = useState(false);
  const isOpen = graph.id === workspace.current;
  const failed = (error: unknown): void => editor.notify({ kind: "error", text: error instanceof Error ? error.message : String(error) });
  const open = (): void => void workspace.open(graph.id).then(onOpened, failed);
  const items = (): MenuItem[] => [
    { title: "Rename", icon: <Pencil />, run: () => setNaming(true) },
    { title: "Duplicate", icon: <Copy />, run: () => void workspace.duplicate(graph.id).catch(failed) },
    ...(graph.incomplete ? [{ title: "Download as it was found", icon: <FileDown />, run: () => void downloadFound(workspace, graph) }] : []),
    { kind: "line" },
    { title: "Delete", icon: <Trash2 />, danger: true, run: () => void workspace.remove(graph.id).catch(failed) },
  ];
  const nodes = graph.nodes === 1 ? "1 node" : `${graph.nodes} nodes`;
  return (
    <div className="pb-graph-card" data-open={isOpen || undefined}>
      <button type="button" className="pb-graph-picture" aria-label={`Open ${graph.title}`} aria-current={isOpen || undefined} onClick={open}>
        {graph.drawing ? <img className="pb-graph-drawing" src={graph.drawing} alt="" draggable={false} /> : <span className="pb-graph-empty" />}
        {graph.picture ? <img className="pb-graph-result" src={graph.picture} alt="" draggable={false} /> : null}
        {isOpen ? <span className="pb-graph-badge">Open</span> : null}
      </button>
      <div className="pb-graph-foot">
        <div className="pb-graph-text">
          {naming ? (
            <NameField
              title={graph.title}
              onDone={(title) => {
                setNaming(false);
                if (title && title !== graph.title) void workspace.rename(graph.id, title).then(() => workspace.flush()).catch(failed);
              }}
            />
          ) : (
            <span className="pb-graph-name" title={graph.title} onDoubleClick={() => setNaming(true)}>{graph.title}</span>
          )}
          <span className="pb-graph-about">{nodes} · <time dateTime={new Date(graph.changed).toISOString()} title={new Date(graph.changed).toLocaleString()}>{timeAgo(graph.changed)}</time></span>
        </div>
        <Menu items={items} align="end">
          <Button label={`More for ${graph.title}`} icon={<Ellipsis />} iconOnly variant="quiet" />
        </Menu>
      </div>
    </div>
  );
}

function NameField({ title, onDone }: { title: string; onDone: (title: string | null) => void }): ReactNode {
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the menu that it was chosen from has given the focus back.
    const timer = setTimeout(() => field.current?.select(), 30);
    return () => clearTimeout(timer);
  }, []);
  return (
    <input
      ref={field}
      className="pb-input"
      aria-label="Name of the graph"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") onDone(text.trim());
        if (event.key !== "Escape") return;
        event.stopPropagation(); // The dialog stays.
        onDone(null);
      }}
    />
  );
}

async function downloadFound(workspace: Workspace, graph: GraphEntry): Promise<void> {
  const [text, { download }, { fileStem }] = await Promise.all([workspace.found(graph.id), import("../../formats/download.ts"), import("../../formats/file-name.ts")]);
  if (text !== null) download(new Blob([text], { type: "application/json" }), `${fileStem(graph.title)}-as-found.json`);
}
