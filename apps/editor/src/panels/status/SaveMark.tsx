/** Whether what is on the screen is on the disk. Tests read `data-saved-revision`: everything up to it is stored. */
import { Check, CircleAlert, Lock, LoaderCircle } from "lucide-react";
import { useSyncExternalStore, type ReactNode } from "react";
import type { SaveState, Workspace } from "../../storage/workspace.ts";

const SIGNS: { readonly [P in SaveState["phase"]]: ReactNode } = { saved: <Check />, saving: <LoaderCircle className="pb-spin" />, unsaved: <LoaderCircle />, failed: <CircleAlert />, "read-only": <Lock /> };

export function saveText({ phase, reason }: SaveState): string {
  switch (phase) {
    case "saved":
      return "Saved";
    case "saving":
    case "unsaved":
      return "Saving…";
    case "failed":
      return `Not saved: ${reason ?? "the browser refused."}`;
    case "read-only":
      return `Read-only: ${reason ?? "another tab has this graph open."}`;
  }
}

export function SaveMark({ workspace }: { workspace: Workspace }): ReactNode {
  const state = useSyncExternalStore(workspace.subscribe, () => workspace.saveState(), () => workspace.saveState());
  return (
    <span className="pb-status-item pb-save" data-phase={state.phase} data-saved-revision={state.savedRevision} data-revision={state.revision} title={saveText(state)} role={state.phase === "failed" ? "alert" : undefined}>
      {SIGNS[state.phase]}
      <span>{saveText(state)}</span>
      {state.phase === "read-only" ? <button type="button" className="pb-status-button" onClick={() => void workspace.takeOver()}>Edit here</button> : null}
    </span>
  );
}
