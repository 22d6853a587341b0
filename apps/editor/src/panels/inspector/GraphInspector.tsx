/** With nothing selected: the graph itself, its title and description, and what it offers to those who run it. */
import { Keyboard } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { Button } from "../../ui/Button.tsx";
import { InterfaceList } from "./InterfaceList.tsx";
import { Section } from "./Section.tsx";
import { useShownBody, useTyping } from "./use-shown-body.ts";
import { WordEntry } from "./WordEntry.tsx";

export function GraphInspector(): ReactNode {
  const { editor } = useEditor();
  const scope = useEditorState((s) => s.scope);
  const body = useShownBody();
  const outer = scope.length ? `the subgraph “${scope.at(-1)}”` : "the graph";
  return (
    <>
      {scope.length ? (
        <div className="pb-inspect-head">
          <h3 className="pb-inspect-heading">Inside {outer}</h3>
          <p className="pb-param-help">Its inputs and outputs are the ports and parameters that the Subgraph node shows outside.</p>
        </div>
      ) : <GraphHead />}
      <p className="pb-inspect-counts">{countText(body.nodes.length, "node")}, {countText(body.wires.length, "wire").replace("No", "no")}{body.comments?.length ? `, ${countText(body.comments.length, "comment")}` : ""}</p>
      <Section title="Inputs" count={body.interface.inputs.length}>
        <InterfaceList side="inputs" io={body.interface} empty={`Values that are set from outside when ${outer} runs. Expose a parameter with its plug, and it is listed here.`} />
      </Section>
      <Section title="Outputs" count={body.interface.outputs.length}>
        <InterfaceList side="outputs" io={body.interface} empty={`Values that ${outer} gives. Expose an output port of a node, and it is listed here.`} />
      </Section>
      <div className="pb-inspect-foot">
        <Button label="Shortcuts" icon={<Keyboard />} keys="?" onClick={() => editor.setUi({ dialog: { id: "shortcuts" } })} />
      </div>
    </>
  );
}

function GraphHead(): ReactNode {
  const title = useEditorState((s) => s.history.document.title ?? "");
  const description = useEditorState((s) => s.history.document.description ?? "");
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const typing = useTyping("graph title");
  const describing = useTyping("graph description");
  return (
    <div className="pb-inspect-head">
      <WordEntry
        label="Title of the graph" className="pb-inspect-title" value={title} placeholder="Untitled graph" disabled={readOnly}
        onChange={(text) => typing.change([{ kind: "set-document", fields: { title: text || undefined } as { title?: string }, scope: [] }], "Rename the graph")} onDone={typing.done}
      />
      <WordEntry
        label="Description of the graph" multiline className="pb-inspect-description" value={description} placeholder="What this graph does" disabled={readOnly}
        onChange={(text) => describing.change([{ kind: "set-document", fields: { description: text || undefined } as { description?: string }, scope: [] }], "Describe the graph")} onDone={describing.done}
      />
    </div>
  );
}

export const countText = (n: number, one: string): string => `${n === 0 ? "No" : n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
