/** Several things at once: how many, and what can be done with all of them. */
import type { Change } from "@patchbay/graph-core";
import { ChevronsDownUp, EyeOff, Play } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { commands } from "../../commands/commands.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { flatId, nodesById } from "../../model/document-view.ts";
import { Button } from "../../ui/Button.tsx";
import { keyText } from "../../ui/key-text.ts";
import { countText } from "./GraphInspector.tsx";
import { showNode, useShownBody } from "./use-shown-body.ts";

/** Commands that are worth a button here, by the beginning of their ids. */
const OFFERED = /^(group|make-subgraph|subgraph|align|distribute|duplicate|auto-layout|arrange|delete)/;

export function SelectionInspector(): ReactNode {
  const parts = useEditor();
  const { editor, run } = parts;
  const selection = useEditorState((s) => s.selection);
  const scope = useEditorState((s) => s.scope);
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const running = useEditorState((s) => s.run.phase !== "idle");
  const nodes = nodesById(useShownBody());
  const chosen = [...selection.nodes].flatMap((id) => nodes.get(id) ?? []);
  const counts = [chosen.length ? countText(chosen.length, "node") : "", selection.wires.size ? countText(selection.wires.size, "wire") : "", selection.comments.size ? countText(selection.comments.size, "comment") : ""].filter(Boolean);
  const toggle = (field: "muted" | "collapsed", label: string): void => {
    const value = !chosen.every((node) => node[field]);
    editor.edit(chosen.map((node): Change => ({ kind: "set-node", node: node.id, fields: { [field]: value } })), { label: `${label} ${countText(chosen.length, "node")}` });
  };
  const muted = chosen.length > 0 && chosen.every((node) => node.muted);
  const collapsed = chosen.length > 0 && chosen.every((node) => node.collapsed);
  const offered = commands.filter((command) => OFFERED.test(command.id) && (command.enabled?.(parts) ?? true));
  return (
    <>
      <div className="pb-inspect-head">
        <h3 className="pb-inspect-heading">{counts.join(", ")} selected</h3>
        {chosen.length ? (
          <div className="pb-inspect-actions">
            <Button label="Run selection" icon={<Play />} disabled={running} onClick={() => run.start({ nodes: chosen.map((node) => flatId(scope, node.id)) })} />
            <Button label="Mute" icon={<EyeOff />} pressed={muted} disabled={readOnly} onClick={() => toggle("muted", muted ? "Unmute" : "Mute")} />
            <Button label="Collapse" icon={<ChevronsDownUp />} pressed={collapsed} disabled={readOnly} onClick={() => toggle("collapsed", collapsed ? "Expand" : "Collapse")} />
          </div>
        ) : null}
        {offered.length ? (
          <div className="pb-inspect-actions">
            {offered.map((command) => <Button key={command.id} label={command.title} {...(command.keys?.[0] ? { keys: keyText(command.keys[0]) } : {})} onClick={() => void command.run(parts)} />)}
          </div>
        ) : null}
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
