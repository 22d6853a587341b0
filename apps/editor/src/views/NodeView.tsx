/** What stands in a node under its ports: a view of what it computes, and nothing at all while there is nothing to show. */
import type { GraphNode, NodeDeclaration } from "@patchbay/graph-core";
import { lazy, memo, Suspense, useDeferredValue, useMemo, type ReactNode } from "react";
import { useEditorState } from "../app/editor-context.ts";
import type { EditorState } from "../model/editor-state.ts";
import { selectLive } from "./series/live.ts";
import { selectTerm } from "./series/term.ts";
import { useOutputs } from "./state/use-outputs.ts";
import "./node-view.css";

// What draws is loaded with the first picture or value.
const SourceContent = lazy(async () => ({ default: (await import("./files/SourceContent.tsx")).SourceContent }));
const EnrolHere = lazy(async () => ({ default: (await import("./people/EnrolHere.tsx")).EnrolHere }));
const OutputsContent = lazy(async () => ({ default: (await import("./NodeContent.tsx")).OutputsContent }));
const TermContent = lazy(async () => ({ default: (await import("./NodeContent.tsx")).TermContent }));
const LiveContent = lazy(async () => ({ default: (await import("./NodeContent.tsx")).LiveContent }));

export interface NodeViewProps {
  flatId: string;
  node: GraphNode;
  /** Absent for a type that is not known. */
  declaration: NodeDeclaration | undefined;
}

interface Parts {
  flatId: string;
  title: string;
  nodeType: string;
  ports: readonly string[];
}

export const NodeView = memo(function NodeView({ flatId, node, declaration }: NodeViewProps): ReactNode {
  const ports = useMemo(() => (node.graph ? node.graph.interface.outputs.map((o) => o.name) : (declaration?.outputs.map((o) => o.name) ?? [])), [node.graph, declaration]);
  if (node.muted || node.collapsed || ports.length === 0) return null;
  const parts = { flatId, ports, nodeType: node.type, title: node.title ?? declaration?.title ?? node.type };
  const shown = drawn(declaration, parts);
  return <Suspense fallback={null}>{shown}</Suspense>;
});

/** Decided by the declaration alone, so that a node subscribes to no more than it can show. */
function drawn(declaration: NodeDeclaration | undefined, parts: Parts): ReactNode {
  const file = declaration?.params.find((p) => p.kind === "file" && (p.accept === "image" || p.accept === "images"));
  if (file?.kind === "file") return <SourceNode {...parts} param={file.name} several={file.accept === "images"} />;
  if (declaration?.role === "optimiser" || declaration?.role === "trainer" || declaration?.role === "output") return <LiveNode {...parts} optimiser={declaration.role !== "output"} />;
  if (declaration?.outputs.some((o) => o.type.kind === "tensor" && o.type.meaning === "loss")) return <TermNode {...parts} />;
  if (declaration?.outputs.some((o) => o.type.kind === "gallery")) return <EnrolHere node={parts.flatId}><ComputedNode {...parts} /></EnrolHere>;
  return <ComputedNode {...parts} />;
}

function ComputedNode({ flatId, ports, title, nodeType }: Parts): ReactNode {
  const outputs = useOutputs(flatId, ports);
  return outputs.length ? <OutputsContent outputs={outputs} node={flatId} title={title} nodeType={nodeType} /> : null;
}

/** A file can be shown before anything has run. */
function SourceNode({ param, several, ...parts }: Parts & { param: string; several: boolean }): ReactNode {
  const { flatId, ports, title, nodeType } = parts;
  const file = useEditorState((state) => {
    const value = state.inference.flat.byId.get(flatId)?.params[param];
    return typeof value === "string" ? value : "";
  });
  const outputs = useOutputs(flatId, ports);
  const [output] = outputs;
  if (file === "" || (several && output?.shown.fresh)) return output ? <OutputsContent outputs={outputs} node={flatId} title={title} nodeType={nodeType} /> : null;
  return <SourceContent file={file} several={several} title={title} output={output} />;
}

/** An optimiser, a trainer, or a viewer that one feeds, shows what there is so far. */
function LiveNode({ optimiser, ...parts }: Parts & { optimiser: boolean }): ReactNode {
  const { flatId, title } = parts;
  // What is on show stays there until the next is ready to be drawn: between a run and its result there is no empty moment.
  const live = useDeferredValue(useEditorState(useMemo(() => selectLive(flatId, optimiser), [flatId, optimiser])));
  return live ? <LiveContent live={live} node={flatId} title={title} /> : <ComputedNode {...parts} />;
}

function TermNode(parts: Parts): ReactNode {
  const { flatId, ports, title } = parts;
  const term = useEditorState(useMemo((): ((state: EditorState) => ReturnType<ReturnType<typeof selectTerm>>) => selectTerm(flatId), [flatId]));
  return term ? <TermContent term={term} node={flatId} ports={ports} title={title} /> : <ComputedNode {...parts} />;
}
