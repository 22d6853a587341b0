/** One diagnostic as a sentence, with the edit that repairs it as a button. */
import type { Diagnostic } from "@patchbay/graph-core";
import { CircleAlert, Info, TriangleAlert, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Button } from "../ui/Button.tsx";

const SIGNS = { error: <CircleAlert aria-label="Error" />, warning: <TriangleAlert aria-label="Warning" />, info: <Info aria-label="Note" /> } as const;

export function ProblemLine({ problem }: { problem: Diagnostic }): ReactNode {
  const { editor } = useEditor();
  const { fix } = problem;
  return (
    <div className="pb-problem-line" data-severity={problem.severity}>
      {SIGNS[problem.severity]}
      <span className="pb-problem-text">{problem.message}</span>
      {/* A fix names the scope of its changes itself; without one it means the top. */}
      {fix ? <Button label={fix.title} icon={<Wrench />} onClick={() => editor.edit(fix.changes, { scope: [], label: fix.title })} /> : null}
    </div>
  );
}
