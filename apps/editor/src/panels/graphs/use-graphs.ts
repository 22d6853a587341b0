/** The graphs of this browser, read again whenever one of them changes, in this tab or another. */
import { useEffect, useState } from "react";
import type { GraphEntry, Workspace } from "../../storage/workspace.ts";

/** `graphs`: null until they are read. */
export function useGraphs(workspace: Workspace | null): { graphs: readonly GraphEntry[] | null; trash: readonly GraphEntry[] } {
  const [lists, setLists] = useState<{ graphs: readonly GraphEntry[] | null; trash: readonly GraphEntry[] }>({ graphs: null, trash: [] });
  useEffect(() => {
    if (!workspace) return undefined;
    let current = true;
    const read = async (): Promise<void> => {
      const [graphs, trash] = await Promise.all([workspace.list(), workspace.trash()]);
      if (current) setLists({ graphs, trash });
    };
    void workspace.flush().then(read);
    const end = workspace.onListChange(() => void read());
    return () => {
      current = false;
      end();
    };
  }, [workspace]);
  return lists;
}
