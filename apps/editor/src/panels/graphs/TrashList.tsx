/** Graphs that were deleted and can still be brought back. */
import { RotateCcw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { GraphEntry, Workspace } from "../../storage/workspace.ts";
import { Button } from "../../ui/Button.tsx";
import { timeAgo } from "./time-ago.ts";

export function TrashList({ trash, workspace }: { trash: readonly GraphEntry[]; workspace: Workspace }): ReactNode {
  if (trash.length === 0) return null;
  return (
    <details className="pb-trash">
      <summary>Trash ({trash.length})</summary>
      <p className="pb-trash-about">What was deleted can be restored for 30 days.</p>
      <ul aria-label="Trash">
        {trash.map((graph) => (
          <li key={graph.id} className="pb-trash-row">
            <span className="pb-graph-name">{graph.title}</span>
            <span className="pb-graph-about">deleted {timeAgo(graph.removed ?? 0)}</span>
            <Button label="Restore" icon={<RotateCcw />} aria-label={`Restore ${graph.title}`} onClick={() => void workspace.restore(graph.id)} />
            <Button label={`Delete ${graph.title} for good`} icon={<Trash2 />} iconOnly variant="quiet" onClick={() => void workspace.purge(graph.id)} />
          </li>
        ))}
      </ul>
    </details>
  );
}
