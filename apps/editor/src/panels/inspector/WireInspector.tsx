/** A wire: both its ends, what flows along it, and the value of the last run. */
import { describeType, formatType, splitEndpoint } from "@patchbay/graph-core";
import { Eye, Plus, Route, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { commandOf, runCommand } from "../../commands/commands.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { nodesById, prefixOf, wireOfKey } from "../../model/document-view.ts";
import { portKind } from "../../model/port-kind.ts";
import { ProblemLine } from "../../params/ProblemLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { summaryText } from "./summary-text.ts";
import { showNode, useShownBody } from "./use-shown-body.ts";

export function WireInspector({ wire: key }: { wire: string }): ReactNode {
  const parts = useEditor();
  const { editor } = parts;
  const wire = wireOfKey(key);
  const scope = useEditorState((s) => s.scope);
  const prefix = prefixOf(scope);
  const type = useEditorState((s) => s.inference.types.get(prefix + wire.from));
  const shown = useEditorState((s) => s.run.values.get(prefix + wire.from));
  const problems = useEditorState((s) => s.problemsByWire.get(`${prefix}${wire.from} -> ${prefix}${wire.to}`));
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const body = useShownBody();
  const end = (side: string, at: string): ReactNode => {
    const { node: id, port } = splitEndpoint(at);
    const node = nodesById(body).get(id);
    return (
      <div className="pb-wire-end">
        <dt>{side}</dt>
        <dd>
          <button type="button" className="pb-inspect-link" onClick={() => showNode(editor, id)}>{node?.title ?? (node && declaredNode(node, editor.registry)?.title) ?? id}</button>
          <span className="pb-mono pb-wire-port">{id}.{port}</span>
        </dd>
      </div>
    );
  };
  return (
    <>
      <div className="pb-inspect-head">
        <h3 className="pb-inspect-heading">Wire</h3>
        <p className="pb-wire-type" data-kind={portKind(type)}><span className="pb-inspect-port-dot" aria-hidden="true" />{type ? <><span className="pb-mono">{formatType(type)}</span> <span className="pb-param-help">{describeType(type)}</span></> : "What flows here is not known yet."}</p>
        <dl className="pb-wire-ends">
          {end("From", wire.from)}
          {end("To", wire.to)}
        </dl>
        {shown ? <p className="pb-inspect-port-value" data-stale={!shown.fresh || undefined}>{summaryText(shown.summary)}{shown.fresh ? "" : " (before the last edit)"}</p> : <p className="pb-param-help">No value yet: run the graph to see one.</p>}
        <div className="pb-inspect-actions">
          <Button label="Inspect value" icon={<Eye />} disabled={!shown} onClick={() => editor.setUi({ dialog: { id: "inspect-value", key: prefix + wire.from } })} />
          <Button label="Insert reroute" icon={<Route />} disabled={readOnly} onClick={() => void runCommand(commandOf("reroute")!, parts)} />
          <Button label="Insert node…" icon={<Plus />} disabled={readOnly} onClick={() => void runCommand(commandOf("insert-on-wire")!, parts)} />
          <Button label="Delete wire" icon={<Trash2 />} iconOnly disabled={readOnly} onClick={() => void editor.edit([{ kind: "disconnect", wire }], { label: "Delete a wire" })} />
        </div>
      </div>
      {problems?.length ? <div className="pb-inspect-problems">{problems.map((problem, i) => <ProblemLine key={i} problem={problem} />)}</div> : null}
    </>
  );
}
