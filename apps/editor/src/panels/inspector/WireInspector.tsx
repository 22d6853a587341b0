/** A wire: both its ends, what flows along it, and the value of the last run. */
import { describeType, formatType, splitEndpoint, uniqueName, type Change } from "@patchbay/graph-core";
import { Eye, Route, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { nodesById, prefixOf, wireKey, wireOfKey } from "../../model/document-view.ts";
import { portKind } from "../../model/port-kind.ts";
import { ProblemLine } from "../../params/ProblemLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { summaryText } from "./summary-text.ts";
import { showNode, useShownBody } from "./use-shown-body.ts";

const REROUTE = "Reroute";

export function WireInspector({ wire: key }: { wire: string }): ReactNode {
  const { editor } = useEditor();
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
          <button type="button" className="pb-link" onClick={() => showNode(editor, id)}>{node?.title ?? (node && declaredNode(node, editor.registry)?.title) ?? id}</button>
          <span className="pb-mono pb-wire-port">{id}.{port}</span>
        </dd>
      </div>
    );
  };
  const reroute = (): void => {
    const nodes = nodesById(body);
    const [a, b] = [nodes.get(splitEndpoint(wire.from).node)!, nodes.get(splitEndpoint(wire.to).node)!];
    const id = uniqueName("reroute", nodes);
    const position = { x: Math.round((a.position.x + b.position.x) / 2 + 100), y: Math.round((a.position.y + b.position.y) / 2 + 40) };
    const declaration = editor.registry.get(REROUTE)!;
    const onward = { from: `${id}.${declaration.outputs[0]!.name}`, to: wire.to };
    const changes: Change[] = [
      { kind: "add-node", node: { id, type: REROUTE, version: declaration.version, params: {}, position } },
      { kind: "disconnect", wire },
      { kind: "connect", wire: { from: wire.from, to: `${id}.${declaration.inputs[0]!.name}` } },
      { kind: "connect", wire: onward },
    ];
    editor.edit(changes, { label: "Insert a reroute point" });
    editor.select({ wires: [wireKey(onward)] });
  };
  return (
    <>
      <div className="pb-inspect-head">
        <h3 className="pb-inspect-heading">Wire</h3>
        <p className="pb-wire-type" data-kind={portKind(type)}><span className="pb-port-dot" aria-hidden="true" />{type ? <><span className="pb-mono">{formatType(type)}</span> <span className="pb-param-help">{describeType(type)}</span></> : "What flows here is not known yet."}</p>
        <dl className="pb-wire-ends">
          {end("From", wire.from)}
          {end("To", wire.to)}
        </dl>
        {shown ? <p className="pb-port-value" data-stale={!shown.fresh || undefined}>{summaryText(shown.summary)}{shown.fresh ? "" : " (before the last edit)"}</p> : <p className="pb-param-help">No value yet: run the graph to see one.</p>}
        <div className="pb-inspect-actions">
          <Button label="Inspect value" icon={<Eye />} disabled={!shown} onClick={() => editor.setUi({ dialog: { id: "inspect-value", key: prefix + wire.from } })} />
          {editor.registry.get(REROUTE) ? <Button label="Insert reroute" icon={<Route />} disabled={readOnly} onClick={reroute} /> : null}
          <Button label="Delete wire" icon={<Trash2 />} iconOnly disabled={readOnly} onClick={() => void editor.edit([{ kind: "disconnect", wire }], { label: "Delete a wire" })} />
        </div>
      </div>
      {problems?.length ? <div className="pb-inspect-problems">{problems.map((problem, i) => <ProblemLine key={i} problem={problem} />)}</div> : null}
    </>
  );
}
