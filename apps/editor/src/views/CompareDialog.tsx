/** Runs a node on two backends and tells the largest difference of what comes out. */
import { GraphError } from "@patchbay/graph-core";
import type { BackendId } from "@patchbay/runtime";
import { Scale } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { Comparison } from "../engine/engine.ts";
import { backendName } from "../model/backend-names.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { nodeTitle } from "./graph/names.ts";
import { formatNumber } from "./numbers/format-number.ts";
import { durationText } from "../ui/size-text.ts";
import "./inspect/inspect.css";

export function CompareDialog(): ReactNode {
  const { editor } = useEditor();
  const node = useEditorState((s) => (s.ui.dialog?.id === "compare" ? s.ui.dialog.key : undefined));
  return node === undefined ? null : <Compared key={node} node={node} onClose={() => editor.setUi({ dialog: null })} />;
}

type Result = { readonly pair: readonly [BackendId, BackendId]; readonly comparison?: Comparison; readonly errors?: readonly string[] };

function Compared({ node, onClose }: { node: string; onClose: () => void }): ReactNode {
  const { editor, engine, run } = useEditor();
  const title = useEditorState((s) => nodeTitle(s, editor.registry, node)) ?? node;
  const backends = useEditorState((s) => s.run.backends);
  const phase = useEditorState((s) => s.run.phase);
  const [chosen, setChosen] = useState<readonly [BackendId | null, BackendId | null]>([null, null]);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  useEffect(() => {
    if (!backends) void run.probe();
  }, [backends, run]);
  const usable = (backends ?? []).filter((b) => b.available);
  const first = chosen[0] ?? usable[0]?.id ?? null;
  const second = chosen[1] ?? usable.find((b) => b.id !== first)?.id ?? null;

  const compare = async (): Promise<void> => {
    if (!first || !second) return;
    const pair = [first, second] as const;
    setBusy(true);
    setResult(null);
    try {
      setResult({ pair, comparison: await engine.compare(editor.store.getState().history.document, node, pair) });
    } catch (error) {
      setResult({ pair, errors: sentences(error) });
    }
    setBusy(false);
  };
  return (
    <Dialog title={`Compare backends on ${title}`} about="The node is computed on two backends from the same graph. Differences in the last digits are to be expected: they add up in another order." onClose={onClose}>
      {backends === null ? (
        <p className="pb-view-note">Looking for backends…</p>
      ) : usable.length < 2 ? (
        <p>{usable.length === 1 ? `Only ${backendName(usable[0]!.id).short} works in this browser, so there is nothing to compare it with.` : "No backend works in this browser."}</p>
      ) : (
        <div className="pb-compare-choice">
          {([0, 1] as const).map((side) => (
            <label key={side} style={{ order: side * 2 }}>
              {side === 0 ? "First backend" : "Second backend"}
              <select className="pb-select" value={(side === 0 ? first : second) ?? ""} disabled={busy} onChange={(e) => setChosen(side === 0 ? [e.target.value as BackendId, second] : [first, e.target.value as BackendId])}>
                {usable.map(({ id, text }) => <option key={id} value={id} title={text}>{backendName(id).short}</option>)}
              </select>
            </label>
          ))}
          <span style={{ order: 1 }} aria-hidden>with</span>
          <span style={{ order: 3, padding: 0 }}><Button label={busy ? "Comparing…" : "Compare"} icon={<Scale />} variant="primary" disabled={busy || phase !== "idle" || first === second} onClick={() => void compare()} /></span>
        </div>
      )}
      {phase === "idle" || busy ? null : <p className="pb-view-note">A run goes on; compare when it is done.</p>}
      {first !== null && first === second ? <p className="pb-view-note">Choose two different backends.</p> : null}
      <div aria-live="polite">{result ? <Outcome {...result} /> : null}</div>
    </Dialog>
  );
}

function Outcome({ pair, comparison, errors }: Result): ReactNode {
  if (errors) return <ul className="pb-compare-error">{errors.map((text) => <li key={text}>{text}</li>)}</ul>;
  const { ports, milliseconds } = comparison!;
  const longest = Math.max(...milliseconds, 1e-9);
  return (
    <div className="pb-compare">
      <table>
        <thead><tr><th scope="col">Output</th><th scope="col">Largest difference</th><th scope="col">Mean difference</th><th scope="col">Where it is largest</th></tr></thead>
        <tbody>
          {ports.map(({ port, largest, mean, at, note }) => (
            <tr key={port}>
              <td>{port}</td>
              {note ? <td colSpan={3}>{note}</td> : <><td><b>{formatNumber(largest, 3)}</b></td><td>{formatNumber(mean, 3)}</td><td>{at && largest > 0 ? `number ${at.index}: ${formatNumber(at.a, 6)} and ${formatNumber(at.b, 6)}` : "nowhere"}</td></>}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="pb-compare-times">
        {pair.map((id, i) => <div key={id}><span>{backendName(id).short}</span><span><i style={{ width: `${(100 * milliseconds[i]!) / longest}%` }} /></span><b>{durationText(milliseconds[i]!)}</b></div>)}
      </div>
    </div>
  );
}

function sentences(error: unknown): readonly string[] {
  if (error instanceof GraphError) return [...new Set(error.diagnostics.filter((d) => d.severity === "error").map((d) => d.message))];
  if (error instanceof Error) return [error.message];
  return ["The comparison failed for a reason that the engine did not tell."];
}
