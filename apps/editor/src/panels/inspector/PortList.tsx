/** A node's ports: what flows there, where it comes from or goes to, and the value of the last run. */
import { describeTypes, formatType, splitEndpoint, type GraphNode, type InputPort, type NodeDeclaration, type OutputPort } from "@patchbay/graph-core";
import { Download, Eye, Plug } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { useWords } from "../../app/use-words.ts";
import { prefixOf, wiresByNode } from "../../model/document-view.ts";
import { portKind } from "../../model/port-kind.ts";
import { saveGallery } from "../../params/fields/PlainFileField.tsx";
import { exposeOutput, hideOutput } from "../../params/interface-entries.ts";
import { Button } from "../../ui/Button.tsx";
import { showNode, useShownBody } from "./use-shown-body.ts";
import { summaryText } from "./summary-text.ts";

export function PortList({ flatId, node, declaration }: { flatId: string; node: GraphNode; declaration: NodeDeclaration }): ReactNode {
  return (
    <ul className="pb-inspect-ports">
      {declaration.inputs.map((port) => <Input key={port.name} flatId={flatId} node={node} port={port} />)}
      {declaration.outputs.map((port) => <Output key={port.name} flatId={flatId} node={node} port={port} />)}
    </ul>
  );
}

function Input({ flatId, node, port }: { flatId: string; node: GraphNode; port: InputPort }): ReactNode {
  const type = useEditorState((s) => s.inference.inputTypes.get(`${flatId}.${port.name}`));
  const body = useShownBody();
  const words = useWords();
  const ends = (wiresByNode(body).get(node.id) ?? []).filter((wire) => wire.to === `${node.id}.${port.name}`).map((wire) => splitEndpoint(wire.from));
  const wanted = describeTypes(Array.isArray(port.type) ? port.type : [port.type as Exclude<typeof port.type, readonly unknown[]>]);
  return (
    <li className="pb-inspect-port-row" data-kind={portKind(type ?? port.type)}>
      <div className="pb-inspect-port-line">
        <span className="pb-inspect-port-dot" aria-hidden="true" />
        <span className="pb-inspect-port-side">in</span>
        <span className="pb-inspect-port-name">{port.title ?? port.name}</span>
        <span className="pb-inspect-port-type pb-mono" title={type ? describeTypes([type]) : undefined}>{type ? formatType(type) : ""}</span>
      </div>
      <p className="pb-param-help">{words(port.doc)}{type ? "" : ` Takes ${wanted}.`}{port.optional && ends.length === 0 ? " Optional." : ""}</p>
      <Ends verb="From" ends={ends} />
    </li>
  );
}

function Output({ flatId, node, port }: { flatId: string; node: GraphNode; port: OutputPort }): ReactNode {
  const parts = useEditor();
  const { editor } = parts;
  const key = `${flatId}.${port.name}`;
  const type = useEditorState((s) => s.inference.types.get(key));
  const shown = useEditorState((s) => s.run.values.get(key));
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const body = useShownBody();
  const words = useWords();
  const ends = (wiresByNode(body).get(node.id) ?? []).filter((wire) => wire.from === `${node.id}.${port.name}`).map((wire) => splitEndpoint(wire.to));
  const exposed = body.interface.outputs.find((entry) => entry.node === node.id && entry.port === port.name);
  const name = port.title ?? port.name;
  const toggle = (): void => {
    const io = exposed ? hideOutput(body.interface, node.id, port.name) : exposeOutput(body.interface, node.id, port.name, words(port.doc));
    editor.edit([{ kind: "set-interface", interface: io }], { label: exposed ? `No longer expose ${name}` : `Expose ${name}` });
  };
  return (
    <li className="pb-inspect-port-row" data-kind={portKind(type ?? port.type)}>
      <div className="pb-inspect-port-line">
        <span className="pb-inspect-port-dot" aria-hidden="true" />
        <span className="pb-inspect-port-side">out</span>
        <span className="pb-inspect-port-name">{name}</span>
        <span className="pb-inspect-port-type pb-mono" title={type ? describeTypes([type]) : undefined}>{type ? formatType(type) : ""}</span>
        <span className="pb-inspect-port-tools">
          {shown ? <Button label={`Inspect ${name}`} icon={<Eye />} iconOnly variant="quiet" onClick={() => editor.setUi({ dialog: { id: "inspect-value", key } })} /> : null}
          {shown?.summary.kind === "gallery" ? <Button label="Save gallery…" icon={<Download />} iconOnly variant="quiet" onClick={() => void saveGallery(parts, key)} /> : null}
          <Button label={exposed ? `Output “${exposed.name}” of the graph: no longer expose it` : `Expose ${name} as an output of the graph`} icon={<Plug />} iconOnly variant="quiet" pressed={exposed !== undefined} disabled={readOnly} onClick={toggle} />
        </span>
      </div>
      <p className="pb-param-help">{words(port.doc)}</p>
      {shown ? <p className="pb-inspect-port-value" data-stale={!shown.fresh || undefined}>{summaryText(shown.summary)}{shown.fresh ? "" : " (before the last edit)"}</p> : null}
      <Ends verb="To" ends={ends} />
    </li>
  );
}

function Ends({ verb, ends }: { verb: string; ends: readonly { readonly node: string; readonly port: string }[] }): ReactNode {
  const { editor } = useEditor();
  if (ends.length === 0) return null;
  return (
    <p className="pb-inspect-port-ends">
      {verb}{" "}
      {ends.map(({ node, port }, i) => (
        <span key={`${node}.${port}`}>
          {i ? ", " : ""}
          <button type="button" className="pb-inspect-link pb-mono" onClick={() => showNode(editor, node)}>{node}.{port}</button>
        </span>
      ))}
    </p>
  );
}

/** Of a wire: its source, as flat `node.port`. */
export const valueKeyOf = (scope: readonly string[], from: string): string => prefixOf(scope) + from;
