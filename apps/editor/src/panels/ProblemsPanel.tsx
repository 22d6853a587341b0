/** All that is wrong with the graph, each a way to where it is. Its button stands in the bar at the bottom, the list opens above. */
import type { Diagnostic } from "@patchbay/graph-core";
import { ChevronUp, CircleAlert, CircleCheck, Info, TriangleAlert, Wand2, X } from "lucide-react";
import { useEffect, useId, useMemo, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Editor } from "../model/editor.ts";
import { reportedBy } from "../model/node-reports.ts";
import { splitFlatId } from "../model/document-view.ts";
import { Button } from "../ui/Button.tsx";
import { allProblems, countText, nodeOf, problemGroups } from "./problems/problem-groups.ts";
import "./problems.css";

const SIGNS = { error: <CircleAlert />, warning: <TriangleAlert />, info: <Info /> };
const SPOKEN = { error: "Error: ", warning: "Warning: ", info: "Note: " };

/** Shows the inside that the problem is in, selects its node or wire, and moves the view there. */
export function jumpTo(editor: Editor, problem: Diagnostic): void {
  const flat = nodeOf(problem);
  if (flat === null) return;
  const { scope, id } = splitFlatId(flat);
  const shown = editor.store.getState().scope;
  if (scope.join("/") !== shown.join("/")) editor.enter(scope);
  const prefix = scope.length ? `${scope.join("/")}/` : "";
  const wire = problem.wire?.split(" -> ").map((end) => (end.startsWith(prefix) ? end.slice(prefix.length) : end)).join(" -> ");
  editor.select(problem.node === undefined && wire !== undefined ? { wires: [wire] } : { nodes: [id] });
  editor.look({ kind: "node", id });
}

/** The errors of the graph and of its last run, as one text: whether they are the same as before. */
const errorsOf = ({ inference, run }: EditorState): string => [...inference.diagnostics, ...run.problems].filter((d) => d.severity === "error").map((d) => `${d.node} ${d.message}`).join("\n");

/** Opens the panel when a run that somebody started ends with errors; not again for the same ones once it was closed. */
function useOpeningOnFailure(): void {
  const { editor } = useEditor();
  useEffect(() => {
    let closedOn = "";
    return editor.store.subscribe((now, before) => {
      if (before.ui.panels.problems && !now.ui.panels.problems) closedOn = errorsOf(now);
      const ended = before.run.phase !== "idle" && now.run.phase === "idle" && !now.run.live;
      const failed = now.run.problems !== before.run.problems && now.run.problems.some((d) => d.severity === "error");
      if ((!ended && !failed) || now.ui.panels.problems) return;
      const errors = errorsOf(now);
      if (errors !== "" && errors !== closedOn) editor.setUi({ panels: { ...now.ui.panels, problems: true } });
    });
  }, [editor]);
}

export function ProblemsPanel(): ReactNode {
  const { editor } = useEditor();
  const id = useId();
  const open = useEditorState((s) => s.ui.panels.problems);
  const inferred = useEditorState((s) => s.inference.diagnostics);
  const reported = useEditorState((s) => reportedBy(s.run));
  const problems = useMemo(() => allProblems(inferred, reported), [inferred, reported]);
  const setOpen = (problems: boolean): void => editor.setUi({ panels: { ...editor.store.getState().ui.panels, problems } });
  useOpeningOnFailure();

  const worst = problems.some((d) => d.severity === "error") ? "error" : problems.some((d) => d.severity === "warning") ? "warning" : "none";
  return (
    <section className="pb-problems" role="region" aria-label="Problems" data-open={open} data-worst={worst}>
      <button type="button" className="pb-problems-toggle" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {worst === "none" ? <CircleCheck aria-hidden="true" /> : SIGNS[worst]}
        <span>{countText(problems)}</span>
        <ChevronUp className="pb-problems-chevron" aria-hidden="true" />
      </button>
      <div id={id} className="pb-problems-sheet" hidden={!open}>
        {open ? <Sheet problems={problems} onClose={() => setOpen(false)} /> : null}
      </div>
    </section>
  );
}

function Sheet({ problems, onClose }: { problems: readonly Diagnostic[]; onClose: () => void }): ReactNode {
  const { editor } = useEditor();
  const document_ = useEditorState((s) => s.history.document);
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const groups = useMemo(() => problemGroups(problems, document_, editor.registry), [problems, document_, editor.registry]);
  const fixes = problems.flatMap((d) => (d.fix ? [d.fix] : []));
  // Fixes name the scope they mean; without one it is the top level, wherever the view is.
  const fix = (chosen: typeof fixes, label: string): unknown => editor.edit(chosen.flatMap((f) => f.changes), { label, scope: [] });
  return (
    <>
      <div className="pb-problems-head">
        <h2>Problems</h2>
        <span className="pb-problems-about">{problems.length ? countText(problems) : "Shapes and types fit; nothing is missing."}</span>
        {fixes.length > 1 && !readOnly ? <Button label={`Fix all ${fixes.length}`} icon={<Wand2 />} onClick={() => fix(fixes, `Fix ${fixes.length} problems`)} /> : null}
        <Button label="Close problems" icon={<X />} iconOnly variant="quiet" onClick={onClose} />
      </div>
      {problems.length === 0 ? <p className="pb-problems-none">No problems.</p> : null}
      <div className="pb-problems-list">
        {groups.map((group) => (
          <section key={group.node ?? ""} aria-label={group.title}>
            <h3>{group.title}</h3>
            <ul>
              {group.problems.map((problem, i) => (
                <li key={i} data-severity={problem.severity}>
                  <button type="button" className="pb-problem" disabled={group.node === null} onClick={() => jumpTo(editor, problem)}>
                    {SIGNS[problem.severity]}
                    <span>
                      <span className="pb-visually-hidden">{SPOKEN[problem.severity]}</span>
                      {problem.message}
                      {problem.port || problem.param ? <span className="pb-problem-place pb-mono"> {problem.port ?? problem.param}</span> : null}
                    </span>
                  </button>
                  {problem.fix && !readOnly ? <Button label={problem.fix.title} icon={<Wand2 />} onClick={() => fix([problem.fix!], problem.fix!.title)} /> : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
