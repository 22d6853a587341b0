/** Several things at once: how many, and what can be done with all of them. */
import {
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical, AlignHorizontalSpaceAround, AlignStartHorizontal, AlignStartVertical, AlignVerticalSpaceAround, BoxSelect,
  ChevronsDownUp, Copy, EyeOff, Frame, Play, Trash2, Workflow,
} from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { commandOf, isEnabled, keysText, runCommand } from "../../commands/commands.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { flatId, nodesById } from "../../model/document-view.ts";
import { Button } from "../../ui/Button.tsx";
import { countText } from "./GraphInspector.tsx";
import { showNode, useShownBody } from "./use-shown-body.ts";

/** How the commands that line nodes up are drawn. */
const ARRANGE: { readonly [id: string]: ReactNode } = {
  "align-left": <AlignStartVertical />, "align-centre": <AlignCenterVertical />, "align-right": <AlignEndVertical />,
  "align-top": <AlignStartHorizontal />, "align-middle": <AlignCenterHorizontal />, "align-bottom": <AlignEndHorizontal />,
  "distribute-horizontally": <AlignHorizontalSpaceAround />, "distribute-vertically": <AlignVerticalSpaceAround />,
};
const OTHERS: { readonly [id: string]: ReactNode } = { group: <Frame />, "make-subgraph": <BoxSelect />, layout: <Workflow />, duplicate: <Copy />, delete: <Trash2 /> };

export function SelectionInspector(): ReactNode {
  const { editor, run } = useEditor();
  const selection = useEditorState((s) => s.selection);
  const scope = useEditorState((s) => s.scope);
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const running = useEditorState((s) => s.run.phase !== "idle");
  const nodes = nodesById(useShownBody());
  const chosen = [...selection.nodes].flatMap((id) => nodes.get(id) ?? []);
  const counts = [chosen.length ? countText(chosen.length, "node") : "", selection.wires.size ? countText(selection.wires.size, "wire") : "", selection.comments.size ? countText(selection.comments.size, "comment") : ""].filter(Boolean);
  return (
    <>
      <div className="pb-inspect-head">
        <h3 className="pb-inspect-heading">{counts.join(", ")} selected</h3>
        {chosen.length ? (
          <div className="pb-inspect-actions">
            <Button label="Run selection" icon={<Play />} disabled={running} onClick={() => run.start({ nodes: chosen.map((node) => flatId(scope, node.id)) })} />
            <ByCommand id="mute" icon={<EyeOff />} pressed={chosen.every((node) => node.muted)} disabled={readOnly} iconOnly />
            <ByCommand id="collapse" icon={<ChevronsDownUp />} pressed={chosen.every((node) => node.collapsed)} disabled={readOnly} iconOnly />
          </div>
        ) : null}
        {chosen.length > 1 ? (
          <div className="pb-inspect-actions" role="group" aria-label="Arrange">
            {Object.entries(ARRANGE).map(([id, icon]) => <ByCommand key={id} id={id} icon={icon} disabled={readOnly} iconOnly />)}
          </div>
        ) : null}
        <div className="pb-inspect-actions">
          {Object.entries(OTHERS).map(([id, icon]) => (chosen.length || id === "delete" ? <ByCommand key={id} id={id} icon={icon} disabled={readOnly} /> : null))}
        </div>
      </div>
      {chosen.length ? (
        <ul className="pb-chosen" aria-label="Selected nodes">
          {chosen.slice(0, 100).map((node) => (
            <li key={node.id}>
              <button type="button" className="pb-chosen-node" onClick={() => showNode(editor, node.id)}>
                <span>{node.title ?? declaredNode(node, editor.registry)?.title ?? node.type}</span>
                <span className="pb-mono">{node.id}</span>
              </button>
            </li>
          ))}
          {chosen.length > 100 ? <li className="pb-param-help">and {chosen.length - 100} more</li> : null}
        </ul>
      ) : null}
    </>
  );
}

/** A button for a command, where there is one and it can be run. */
function ByCommand({ id, ...look }: { id: string; icon: ReactNode; disabled: boolean; iconOnly?: boolean; pressed?: boolean }): ReactNode {
  const parts = useEditor();
  const command = commandOf(id);
  if (!command) return null;
  const keys = keysText(command);
  return <Button label={command.title} {...look} disabled={look.disabled || !isEnabled(command, parts)} {...(keys ? { keys } : {})} onClick={() => void runCommand(command, parts)} />;
}
