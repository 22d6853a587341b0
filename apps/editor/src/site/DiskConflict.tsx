/** Asks what to keep when another program changed the graph's file while it is edited here. */
import { useCallback, useState, useSyncExternalStore, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import type { LinkedWorkspace } from "../storage/linked-graph.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export function DiskConflict(): ReactNode {
  const workspace = useEditor().workspace as LinkedWorkspace;
  const conflict = useSyncExternalStore(useCallback((changed) => workspace.subscribe(changed), [workspace]), workspace.conflict);
  // Put aside, it comes back with the next edit that cannot be saved.
  const [asideAt, setAside] = useState<number | null>(null);
  const { revision } = workspace.saveState();
  if (!conflict) {
    if (asideAt !== null) setAside(null);
    return null;
  }
  if (asideAt === revision) return null;
  return (
    <Dialog title={`${workspace.name} was changed by another program`} size="narrow" onClose={() => setAside(revision)} about="The file on the disk is no longer the one that is open here. Nothing is saved until you choose.">
      <div style={{ display: "flex", flexWrap: "wrap", gap: "var(--pb-space-2)", justifyContent: "flex-end" }}>
        <Button label="Load the file" help="Shows what is in the file now. What you changed here since it was last saved is lost." onClick={() => void workspace.takeTheirs()} />
        <Button label="Keep mine" variant="primary" help="Writes what you see here into the file." onClick={() => void workspace.keepMine()} />
      </div>
    </Dialog>
  );
}
