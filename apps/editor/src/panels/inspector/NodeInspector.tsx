/** Everything about one node. */
import type { Diagnostic } from "@patchbay/graph-core";
import { useMemo, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { flatId as flatIdOf } from "../../model/document-view.ts";
import { reportedBy } from "../../model/node-reports.ts";
import { ProblemLine } from "../../params/ProblemLine.tsx";
import { NodeDoc } from "./NodeDoc.tsx";
import { NodeHead } from "./NodeHead.tsx";
import { ParamList } from "./ParamList.tsx";
import { PortList } from "./PortList.tsx";
import { Section } from "./Section.tsx";
import { useShownNode, useTyping } from "./use-shown-body.ts";
import { WordEntry } from "./WordEntry.tsx";

const NONE: readonly Diagnostic[] = [];

export function NodeInspector({ id }: { id: string }): ReactNode {
  const { editor } = useEditor();
  const node = useShownNode(id);
  const scope = useEditorState((s) => s.scope);
  const flatId = flatIdOf(scope, id);
  const problems = useEditorState((s) => s.problemsByNode.get(flatId)) ?? NONE;
  const reported = useEditorState((s) => reportedBy(s.run));
  const readOnly = useEditorState((s) => s.readOnly !== null);
  const typing = useTyping(`comment ${flatId}`);
  const failures = useMemo(() => reported.filter((d) => d.node === flatId && !problems.some((p) => p.message === d.message)), [reported, flatId, problems]);
  if (!node) return null;
  const declaration = declaredNode(node, editor.registry);
  const elsewhere = [...problems, ...failures].filter((d) => d.param === undefined || !declaration?.params.some((p) => p.name === d.param));
  return (
    <>
      <NodeHead flatId={flatId} node={node} declaration={declaration} />
      {elsewhere.length ? <div className="pb-inspect-problems">{elsewhere.map((problem, i) => <ProblemLine key={i} problem={problem} />)}</div> : null}
      {declaration?.params.length ? (
        <Section title="Parameters" key={`params ${flatId}`}>
          <ParamList flatId={flatId} node={node} declaration={declaration} failures={failures} />
        </Section>
      ) : null}
      {declaration && declaration.inputs.length + declaration.outputs.length > 0 ? (
        <Section title="Ports">
          <PortList flatId={flatId} node={node} declaration={declaration} />
        </Section>
      ) : null}
      {declaration ? (
        <Section title="Documentation">
          <NodeDoc declaration={declaration} />
        </Section>
      ) : null}
      <Section title="Comment" open={node.comment !== undefined}>
        <WordEntry
          label="Comment" multiline value={node.comment ?? ""} placeholder="What this node is here for" disabled={readOnly}
          onChange={(comment) => typing.change([{ kind: "set-node", node: id, fields: { comment: comment || undefined } as { comment?: string } }], "Comment")} onDone={typing.done}
        />
      </Section>
    </>
  );
}
