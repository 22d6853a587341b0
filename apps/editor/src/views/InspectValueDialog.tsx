/** Any value in full: what it is, its numbers, its picture, and a way to take it along. */
import { splitEndpoint, type FlatGraph } from "@patchbay/graph-core";
import type { RuntimeValue } from "@patchbay/runtime";
import { Copy, Download, Play } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Menu } from "../ui/Menu.tsx";
import { nodeTitle } from "./graph/names.ts";
import { numbersOf, valueFacts } from "./inspect/facts.ts";
import { handOuts, type HandOut } from "./inspect/hand-out.ts";
import { TableTab, TensorTable } from "./inspect/TableTab.tsx";
import { useOutputs, type Output } from "./state/use-outputs.ts";
import { useWholeValue } from "./state/use-whole-value.ts";
import { Histogram } from "./tensor/Histogram.tsx";
import { ValueView } from "./ValueView.tsx";
import "./node-view.css";
import "./inspect/inspect.css";

export function InspectValueDialog(): ReactNode {
  const { editor } = useEditor();
  const key = useEditorState((s) => (s.ui.dialog?.id === "inspect-value" && s.ui.dialog.key !== undefined ? outputKey(s.inference.flat, s.ui.dialog.key) : undefined));
  return key === undefined ? null : <Inspected key={key} valueKey={key} onClose={() => editor.setUi({ dialog: null })} />;
}

function Inspected({ valueKey, onClose }: { valueKey: string; onClose: () => void }): ReactNode {
  const { editor, run } = useEditor();
  const { node, port: asked } = splitEndpoint(valueKey);
  const title = useEditorState((s) => nodeTitle(s, editor.registry, node)) ?? node;
  const declared = useEditorState((s) => s.inference.flat.byId.get(node)?.declaration);
  const ports = useMemo(() => declared?.outputs.map((o) => o.name) ?? [asked], [declared, asked]);
  const outputs = useOutputs(node, ports);
  const phase = useEditorState((s) => s.run.phase);
  const [chosen, setChosen] = useState(asked);
  const output = outputs.find((o) => o.port === chosen);
  return (
    <Dialog title={`${title}: ${chosen}`} size="wide" onClose={onClose}>
      {ports.length > 1 ? (
        <div className="pb-view-ports" role="tablist" aria-label="Outputs">
          {ports.map((port) => <button key={port} type="button" role="tab" aria-selected={port === chosen} onClick={() => setChosen(port)}>{port}</button>)}
        </div>
      ) : null}
      {output ? (
        <Inspection key={output.key} output={output} title={title} />
      ) : (
        <div className="pb-inspect-none">
          <p>{phase === "idle" ? "Nothing has been computed for this wire yet." : "This value is not computed yet; the run goes on."}</p>
          {phase === "idle" ? <Button label="Run to this node" icon={<Play />} variant="primary" onClick={() => run.start({ nodes: [node] })} /> : null}
        </div>
      )}
    </Dialog>
  );
}

/** An input is looked into where its wire begins. */
function outputKey({ byId, incoming, outputAliases }: FlatGraph, key: string): string {
  const alias = outputAliases.get(key);
  if (alias) return alias;
  const { node, port } = splitEndpoint(key);
  if (byId.get(node)?.declaration?.outputs.some((o) => o.name === port)) return key;
  return incoming.get(node)?.find((wire) => wire.toPort === port)?.fromKey ?? key;
}

type Tab = "view" | "table";

function Inspection({ output, title }: { output: Output; title: string }): ReactNode {
  const { run } = useEditor();
  const { key, shown, type } = output;
  const { node } = splitEndpoint(key);
  const nodeType = useEditorState((s) => s.inference.flat.byId.get(node)?.type);
  const whole = useWholeValue(key, shown);
  const value = whole.state === "ready" ? whole.value : null;
  const [tab, setTab] = useState<Tab>("view");
  const numbers = useMemo(() => numbersOf(shown.summary, value), [shown.summary, value]);
  return (
    <div className="pb-inspect">
      <aside>
        {shown.fresh ? null : <p className="pb-inspect-stale">The graph has changed since this was computed. <button type="button" onClick={() => run.start({ nodes: [node] })}>Run to this node</button></p>}
        <dl>
          {valueFacts(shown.summary, type, numbers, value).map(({ name, text, bad }) => <div key={name} data-bad={bad}><dt>{name}</dt><dd>{text}</dd></div>)}
        </dl>
        {numbers ? <Histogram summary={numbers} large /> : null}
        {value ? <HandOuts value={value} bytes={shown.summary.bytes} name={key} /> : null}
      </aside>
      <section>
        <div className="pb-view-ports" role="tablist" aria-label="How it is shown">
          <button type="button" role="tab" aria-selected={tab === "view"} onClick={() => setTab("view")}>Picture</button>
          <button type="button" role="tab" aria-selected={tab === "table"} onClick={() => setTab("table")}>Numbers</button>
        </div>
        {value ? (
          <div role="tabpanel" data-large-view>
            {tab === "view" ? <ValueView value={value} shown={shown} node={node} valueKey={key} type={type} title={title} large {...(nodeType ? { nodeType } : {})} /> : <NumbersTab value={value} label={`${title}, numbers`} />}
          </div>
        ) : whole.state === "gone" ? (
          <div className="pb-inspect-none">
            <p>Only the summary of this value is left; the engine no longer holds its numbers.</p>
            <Button label="Run to this node" icon={<Play />} variant="primary" onClick={() => run.start({ nodes: [node] })} />
          </div>
        ) : (
          <p className="pb-view-note">Fetching the value from the engine…</p>
        )}
      </section>
    </div>
  );
}

function NumbersTab({ value, label }: { value: RuntimeValue; label: string }): ReactNode {
  const [layer, setLayer] = useState(0);
  if (value.kind !== "activations") return <TableTab value={value} label={label} />;
  return (
    <>
      <div className="pb-view-ports" role="tablist" aria-label="Layer">
        {value.layers.map(({ name }, i) => <button key={name} type="button" role="tab" aria-selected={i === layer} onClick={() => setLayer(i)}>{name}</button>)}
      </div>
      {value.layers[layer] ? <TensorTable key={layer} tensor={value.layers[layer].tensor} label={label} /> : null}
    </>
  );
}

function HandOuts({ value, bytes, name }: { value: RuntimeValue; bytes: number; name: string }): ReactNode {
  const parts = useEditor();
  const { editor } = parts;
  const { copies, downloads } = useMemo(() => handOuts(value, bytes, name, parts), [value, bytes, name, parts]);
  const attempt = async ({ title, run }: HandOut): Promise<void> => {
    try {
      await run();
      if (title.startsWith("Copy")) editor.notify({ kind: "success", text: "The value is on the clipboard." });
    } catch {
      editor.notify({ kind: "error", text: title.startsWith("Copy") ? "The browser does not allow that on its clipboard. Download it instead." : "The browser could not write that file." });
    }
  };
  const items = (list: readonly HandOut[]) => list.map((one) => ({ title: one.title, run: () => void attempt(one) }));
  return (
    <div className="pb-inspect-take">
      {copies.length ? <Menu items={items(copies)}><Button label="Copy" icon={<Copy />} /></Menu> : null}
      <Menu items={items(downloads)}><Button label="Download" icon={<Download />} /></Menu>
    </div>
  );
}
