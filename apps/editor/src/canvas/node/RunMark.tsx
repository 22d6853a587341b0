/** What a node is doing, at the right of its header. */
import { Check, CircleAlert, Clock3, Loader, Zap } from "lucide-react";
import type { ReactNode } from "react";
import type { NodeRun } from "../../model/run-state.ts";
import { duration } from "./node-name.ts";

export function RunMark({ run }: { run: NodeRun | undefined }): ReactNode {
  if (!run) return null;
  const time = run.milliseconds === undefined ? null : duration(run.milliseconds);
  switch (run.phase) {
    case "queued":
      return <span className="pb-run" data-phase="queued"><Clock3 aria-hidden />queued</span>;
    case "running":
      return <span className="pb-run" data-phase="running"><Loader aria-hidden />{run.progress ? `${run.progress.step}/${run.progress.of}` : "running"}</span>;
    case "done":
      return <span className="pb-run" data-phase="done"><Check aria-hidden />{time ?? "done"}</span>;
    case "cached":
      return <span className="pb-run" data-phase="cached"><Zap aria-hidden />cached</span>;
    case "failed":
      return <span className="pb-run" data-phase="failed"><CircleAlert aria-hidden />failed</span>;
  }
}

/** A thin bar under the header while a long node runs. */
export function RunBar({ run }: { run: NodeRun | undefined }): ReactNode {
  if (run?.phase !== "running") return null;
  const part = run.progress && run.progress.of > 0 ? Math.min(1, run.progress.step / run.progress.of) : null;
  return <div className="pb-run-bar" data-unknown={part === null || undefined}><i style={part === null ? undefined : { transform: `scaleX(${part})` }} /></div>;
}
