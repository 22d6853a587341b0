/** The graph's inputs or outputs: named, described, ordered, taken out. */
import type { GraphInterface, InterfaceInput, InterfaceOutput } from "@patchbay/graph-core";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { moveEntry, removeEntry, replaceEntry, type Side } from "../../params/interface-entries.ts";
import { Button } from "../../ui/Button.tsx";
import { showNode, useTyping } from "./use-shown-body.ts";
import { NameEntry, WordEntry } from "./WordEntry.tsx";

export function InterfaceList({ side, io, empty }: { side: Side; io: GraphInterface; empty: string }): ReactNode {
  const entries: readonly (InterfaceInput | InterfaceOutput)[] = io[side];
  if (entries.length === 0) return <p className="pb-param-help">{empty}</p>;
  return <ol className="pb-io-list">{entries.map((entry, at) => <Entry key={`${entry.node} ${"param" in entry ? entry.param : ""} ${entry.port ?? ""} ${at}`} {...{ side, io, entry, at }} last={at === entries.length - 1} />)}</ol>;
}

function Entry({ side, io, entry, at, last }: { side: Side; io: GraphInterface; entry: InterfaceInput | InterfaceOutput; at: number; last: boolean }): ReactNode {
  const { editor } = useEditor();
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const typing = useTyping(`interface ${side} ${at}`);
  const set = (next: GraphInterface, label: string): void => void editor.edit([{ kind: "set-interface", interface: next }], { label });
  const what = side === "inputs" ? "input" : "output";
  const place = `${entry.node}.${("param" in entry ? entry.param : undefined) ?? entry.port ?? ""}`;
  return (
    <li className="pb-io">
      <div className="pb-io-line">
        <NameEntry
          label={`Name of ${what} ${at + 1}`} value={entry.name} disabled={readOnly}
          refuse={(name) => {
            if (name === "") return "A name is needed.";
            // Inputs that share a name are set together; outputs cannot be told apart by one name.
            return side === "outputs" && io.outputs.some((e, i) => i !== at && e.name === name) ? `There is an output “${name}” already.` : null;
          }}
          onSet={(name) => set(replaceEntry(io, side, at, { name }), `Rename ${what} ${entry.name}`)}
        />
        <button type="button" className="pb-inspect-link pb-mono pb-io-place" onClick={() => showNode(editor, entry.node)}>{place}</button>
        <span className="pb-io-tools">
          <Button label={`Move ${entry.name} up`} icon={<ArrowUp />} iconOnly variant="quiet" disabled={readOnly || at === 0} onClick={() => set(moveEntry(io, side, at, -1), `Move ${what} ${entry.name}`)} />
          <Button label={`Move ${entry.name} down`} icon={<ArrowDown />} iconOnly variant="quiet" disabled={readOnly || last} onClick={() => set(moveEntry(io, side, at, 1), `Move ${what} ${entry.name}`)} />
          <Button label={`Remove ${what} ${entry.name}`} icon={<X />} iconOnly variant="quiet" disabled={readOnly} onClick={() => set(removeEntry(io, side, at), `Remove ${what} ${entry.name}`)} />
        </span>
      </div>
      <WordEntry
        label={`Description of ${what} ${entry.name}`} value={entry.doc ?? ""} placeholder="What it is for" disabled={readOnly} className="pb-io-doc"
        onChange={(doc) => typing.change([{ kind: "set-interface", interface: replaceEntry(io, side, at, { doc }) }], `Describe ${what} ${entry.name}`)} onDone={typing.done}
      />
    </li>
  );
}
