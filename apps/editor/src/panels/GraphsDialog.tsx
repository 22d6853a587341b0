/** All graphs of this browser: opened, named, copied, deleted and brought back. */
import { emptyGraph } from "@patchbay/graph-core";
import { FilePlus2, FolderOpen, Search } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { GraphCard } from "./graphs/GraphCard.tsx";
import { TrashList } from "./graphs/TrashList.tsx";
import { useGraphs } from "./graphs/use-graphs.ts";
import "./graphs/graphs.css";

export function GraphsDialog({ onClose }: { onClose: () => void; dialogKey?: string }): ReactNode {
  const parts = useEditor();
  const { workspace } = parts;
  const { graphs, trash } = useGraphs(workspace);
  const [search, setSearch] = useState("");
  if (!workspace) {
    return (
      <Dialog title="Graphs" size="narrow" onClose={onClose}>
        <p>The program around this editor keeps its graph.</p>
      </Dialog>
    );
  }
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = graphs?.filter((graph) => words.every((word) => graph.title.toLowerCase().includes(word)));
  const openFile = async (): Promise<void> => {
    onClose();
    await (await import("../formats/actions.ts")).openFromFile(parts);
  };
  return (
    <Dialog
      title="Graphs"
      size="wide"
      onClose={onClose}
      about={workspace.persistent ? "They are kept in this browser, on this machine, and saved as you edit." : "This browser keeps nothing for this page: these graphs last until it is closed."}
    >
      <div className="pb-graphs-bar">
        <label className="pb-graphs-search">
          <Search aria-hidden />
          <input className="pb-input" type="search" aria-label="Search graphs" placeholder="Search graphs" value={search} onChange={(event) => setSearch(event.target.value)} />
        </label>
        <Button label="Open file…" icon={<FolderOpen />} onClick={() => void openFile()} />
        <Button label="New graph" icon={<FilePlus2 />} variant="primary" onClick={() => void workspace.create(emptyGraph()).then(onClose, () => {})} />
      </div>
      {found?.length ? (
        <ul className="pb-graphs" aria-label="Graphs">
          {found.map((graph) => (
            <li key={graph.id}>
              <GraphCard graph={graph} workspace={workspace} onOpened={onClose} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="pb-graphs-none" role="status">{graphs === null ? "Looking …" : words.length ? `No graph is called “${search}”.` : "There are no graphs yet."}</p>
      )}
      <TrashList trash={trash} workspace={workspace} />
    </Dialog>
  );
}
