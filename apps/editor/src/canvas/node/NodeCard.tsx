/** Any node, drawn from what it declares: header, ports, parameters, and a view of what it gives. */
import { ChevronDown, ChevronRight, CornerDownRight, TriangleAlert } from "lucide-react";
import { SUBGRAPH, type Diagnostic } from "@patchbay/graph-core";
import type { NodeProps } from "@xyflow/react";
import { memo, useDeferredValue, useState, type CSSProperties, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { prefixOf } from "../../model/document-view.ts";
import { problemsOf, runOfSubgraph } from "../../model/node-reports.ts";
import type { NodeRun } from "../../model/run-state.ts";
import { InlineParams } from "../../params/InlineParams.tsx";
import { NodeView } from "../../views/NodeView.tsx";
import { useEntered, useFull } from "../canvas-context.ts";
import type { CardNode, NodeData } from "../flow/flow-types.ts";
import { collapsedHeight } from "../flow/measures.ts";
import { groupTint } from "./group-tint.ts";
import { nodeName } from "./node-name.ts";
import { PortDots, Ports } from "./Ports.tsx";
import { RunBar, RunMark } from "./RunMark.tsx";
import "./node.css";

/** Of the large letters of a box: cutting them off by style would cost a clip for each of thousands. */
const BOX_LETTERS = 19;

export const NodeCard = memo(
  function NodeCard({ data, selected, height }: NodeProps<CardNode>): ReactNode {
    const { node, declaration, ports } = data;
    // What is inside comes a moment after the box: neither zooming nor panning waits for it.
    const near = useDeferredValue(useFull(node.id), false);
    const entered = useEntered(node.id);
    const full = near || entered;
    const flat = useEditorState((s) => prefixOf(s.scope)) + node.id;
    const run = useEditorState((s) => (node.type === SUBGRAPH ? runOfSubgraph(s, flat) : s.run.nodes.get(flat)));
    const problems = useEditorState((s) => problemsOf(s, flat));
    const title = node.title ?? declaration?.title ?? node.type;
    const collapsed = node.collapsed ?? false;
    const failed = run?.phase === "failed" || problems.some((d) => d.severity === "error");
    const rows = Math.max(ports.inputs.length, ports.outputs.length);
    const style: CSSProperties & { "--tint": string } = { "--tint": groupTint(declaration?.group), ...(collapsed ? { minHeight: collapsedHeight(rows) } : full ? {} : { height }) };
    return (
      <div
        role="group"
        aria-label={nodeName({ title, id: node.id, run, problems, muted: node.muted ?? false, selected, collapsed })}
        tabIndex={-1}
        className={full ? "pb-node" : "pb-node pb-box"}
        style={style}
        data-node={node.id}
        data-selected={selected || undefined}
        data-muted={node.muted || undefined}
        data-collapsed={collapsed || undefined}
        data-phase={run?.phase}
        data-failed={failed || undefined}
        data-subgraph={node.type === SUBGRAPH || undefined}
        data-unknown={declaration === undefined || undefined}
      >
        {full ? <Header data={data} title={title} run={run} problems={problems} /> : title.length > BOX_LETTERS ? `${title.slice(0, BOX_LETTERS - 1)}…` : title}
        {full ? <Ports id={node.id} ports={ports} title={title} collapsed={collapsed} /> : <PortDots ports={ports} collapsed={collapsed} />}
        {full && !collapsed ? <Body data={data} flat={flat} problems={problems} /> : null}
      </div>
    );
  },
  // Where it stands is the wrapper's business: a drag draws nothing here again.
  (a, b) => a.data === b.data && a.selected === b.selected && a.height === b.height,
);

const Body = memo(function Body({ data: { node, declaration }, flat, problems }: { data: NodeData; flat: string; problems: readonly Diagnostic[] }): ReactNode {
  if (!declaration) return <p className="pb-node-unknown">{problems[0]?.message ?? `Nobody here knows nodes of the type “${node.type}”.`}</p>;
  return (
    <div className="pb-node-body">
      <InlineParams node={node} declaration={declaration} flatId={flat} />
      <NodeView flatId={flat} node={node} declaration={declaration} />
    </div>
  );
});

function Header({ data: { node, declaration }, title, run, problems }: { data: NodeData; title: string; run: NodeRun | undefined; problems: readonly Diagnostic[] }): ReactNode {
  const { editor } = useEditor();
  const [renaming, setRenaming] = useState(false);
  const collapsed = node.collapsed ?? false;
  const subtitle = declaration && node.title !== undefined && node.title !== declaration.title ? declaration.title : null;
  const rename = (text: string): void => {
    setRenaming(false);
    const next = text.trim();
    if (next !== title) editor.edit([{ kind: "set-node", node: node.id, fields: { title: next === "" || next === declaration?.title ? undefined : next } as { title?: string } }], { label: `Rename ${title}` });
  };
  return (
    <div className="pb-node-head">
      <button type="button" className="pb-node-fold nodrag nopan" tabIndex={-1} aria-label={collapsed ? `Expand ${title}` : `Collapse ${title}`} aria-expanded={!collapsed} onClick={() => editor.edit([{ kind: "set-node", node: node.id, fields: { collapsed: collapsed ? undefined : true } as { collapsed?: boolean } }], { label: collapsed ? `Expand ${title}` : `Collapse ${title}` })}>
        {collapsed ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
      </button>
      {renaming ? (
        <input
          className="pb-node-rename nodrag nopan"
          aria-label={`Title of ${node.id}`}
          defaultValue={title}
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => rename(event.currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== "Enter" && event.key !== "Escape") return;
            // Leaving the field keeps what is in it.
            if (event.key === "Escape") event.currentTarget.value = title;
            event.currentTarget.closest<HTMLElement>("[data-node]")?.focus({ preventScroll: true });
          }}
        />
      ) : (
        <span className="pb-node-title" onDoubleClick={(event) => node.type !== SUBGRAPH && (event.stopPropagation(), setRenaming(true))}>
          <b>{title}</b>
          {subtitle && !run ? <small>{subtitle}</small> : null}
        </span>
      )}
      <RunMark run={run} />
      <ProblemMark problems={problems} />
      {node.type === SUBGRAPH ? (
        <button type="button" className="pb-node-enter nodrag nopan" tabIndex={-1} aria-label={`Enter ${title}`} data-tip="Show what is inside (double click)" onClick={() => editor.enter([...editor.store.getState().scope, node.id])}>
          <CornerDownRight aria-hidden />
        </button>
      ) : null}
      <RunBar run={run} />
    </div>
  );
}

function ProblemMark({ problems }: { problems: readonly Diagnostic[] }): ReactNode {
  const { editor } = useEditor();
  const shown = problems.filter((d) => d.severity !== "info");
  if (!shown.length) return null;
  const text = shown.map((d) => d.message).join("\n");
  const error = shown.some((d) => d.severity === "error");
  return (
    <button type="button" className="pb-node-problem nodrag nopan" tabIndex={-1} data-severity={error ? "error" : "warning"} data-tip={text} aria-label={`${shown.length > 1 ? `${shown.length} ` : ""}${error ? "problem" : "warning"}${shown.length > 1 ? "s" : ""}: ${text}`.replace(/^./, (first) => first.toUpperCase())} onClick={() => editor.setUi({ panels: { ...editor.store.getState().ui.panels, problems: true } })}>
      <TriangleAlert aria-hidden />
      {shown.length > 1 ? shown.length : null}
    </button>
  );
}
