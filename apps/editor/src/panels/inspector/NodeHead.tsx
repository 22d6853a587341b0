/** A node's name, type, id and state, and what can be done with it. */
import { isId, type GraphNode, type NodeDeclaration } from "@patchbay/graph-core";
import { ChevronsDownUp, EyeOff, FlaskConical, LogIn, Play } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { bodyAt, nodesById } from "../../model/document-view.ts";
import type { NodePhase, NodeRun } from "../../model/run-state.ts";
import { Button } from "../../ui/Button.tsx";
import { durationText } from "../../ui/size-text.ts";
import { useTyping } from "./use-shown-body.ts";
import { NameEntry, WordEntry } from "./WordEntry.tsx";

export function NodeHead({ flatId, node, declaration }: { flatId: string; node: GraphNode; declaration: NodeDeclaration | undefined }): ReactNode {
  const { editor, run } = useEditor();
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const running = useEditorState((s) => s.run.phase !== "idle");
  const typing = useTyping(`title ${flatId}`);
  const set = (fields: Partial<Pick<GraphNode, "collapsed" | "muted">>, label: string): void => void editor.edit([{ kind: "set-node", node: node.id, fields }], { label });
  return (
    <div className="pb-inspect-head">
      <WordEntry
        label="Title" className="pb-inspect-title" value={node.title ?? ""} placeholder={declaration?.title ?? node.type} disabled={readOnly}
        onChange={(title) => typing.change([{ kind: "set-node", node: node.id, fields: { title: title || undefined } as Partial<Pick<GraphNode, "title">> }], "Rename")} onDone={typing.done}
      />
      <div className="pb-inspect-facts">
        <span className="pb-inspect-type">{declaration ? `${node.title ? `${declaration.title} · ` : ""}${declaration.group}` : `Unknown type ${node.type}`}</span>
        <State flatId={flatId} muted={node.muted === true} />
      </div>
      <label className="pb-inspect-id">
        <span>Id</span>
        <NameEntry
          label="Id" className="pb-mono" value={node.id} disabled={readOnly}
          refuse={(to) => {
            if (!isId(to)) return "An id has letters, digits, “_” and “-” and starts with a letter or digit.";
            const { history, scope } = editor.store.getState();
            return nodesById(bodyAt(history.document, scope)!).has(to) ? `There is a node “${to}” already.` : null;
          }}
          onSet={(to) => {
            const refused = editor.edit([{ kind: "rename-node", node: node.id, to }], { label: `Rename ${node.id} to ${to}` });
            if (!refused.some((d) => d.severity === "error")) editor.select({ nodes: [to] });
          }}
        />
      </label>
      <div className="pb-inspect-actions">
        <Button label="Run to this node" icon={<Play />} disabled={running || node.muted === true || !declaration} onClick={() => run.start({ nodes: [flatId] })} />
        <Button label="Mute" icon={<EyeOff />} iconOnly pressed={node.muted === true} disabled={readOnly} help={node.muted ? "Muted: the graph runs as if it were not there. Unmute." : "Mute: run the graph as if this node were not there."} onClick={() => set({ muted: !node.muted }, node.muted ? "Unmute" : "Mute")} />
        <Button label="Collapse" icon={<ChevronsDownUp />} iconOnly pressed={node.collapsed === true} disabled={readOnly} onClick={() => set({ collapsed: !node.collapsed }, node.collapsed ? "Expand" : "Collapse")} />
        <Button label="Compare backends" icon={<FlaskConical />} iconOnly help="Run it on two backends and show the largest difference." disabled={running} onClick={() => editor.setUi({ dialog: { id: "compare", key: flatId } })} />
        {node.graph ? <Button label="Open subgraph" icon={<LogIn />} onClick={() => editor.enter([...editor.store.getState().scope, node.id])} /> : null}
      </div>
    </div>
  );
}

const PHASES: { readonly [P in NodePhase]: string } = { queued: "Queued", running: "Running", done: "Done", cached: "Cached", failed: "Failed" };

function State({ flatId, muted }: { flatId: string; muted: boolean }): ReactNode {
  const run = useEditorState((s) => s.run.nodes.get(flatId));
  if (muted) return <span className="pb-inspect-state">Muted</span>;
  return <span className="pb-inspect-state" data-phase={run?.phase ?? "idle"}>{run ? stateText(run) : "Not run yet"}</span>;
}

function stateText({ phase, milliseconds, progress }: NodeRun): string {
  if (phase === "running" && progress) return `Step ${progress.step} of ${progress.of}${progress.secondsLeft === undefined ? "" : `, ${durationText(progress.secondsLeft * 1000)} left`}`;
  return phase === "done" && milliseconds !== undefined ? `Done in ${durationText(milliseconds)}` : PHASES[phase];
}
