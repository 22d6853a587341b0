/** React Flow, told what to draw and asked what hands have done. */
import { Background, BackgroundVariant, ReactFlow, SelectionMode, useReactFlow, type EdgeTypes, type NodeTypes, type OnNodeDrag } from "@xyflow/react";
import { SUBGRAPH } from "@patchbay/graph-core";
import { useCallback, useState, type MouseEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { useCanvas } from "./canvas-context.ts";
import { Comment } from "./comments/Comment.tsx";
import { ConnectionLine } from "./connect/ConnectionLine.tsx";
import { isCard, type FlowNode, type FlowWire } from "./flow/flow-types.ts";
import { useDropOnWire } from "./hooks/use-drop-on-wire.ts";
import { useKeptViewport } from "./hooks/use-kept-viewport.ts";
import { useScheduled } from "./hooks/use-scheduled.ts";
import { useSettledWires } from "./hooks/use-settled-wires.ts";
import { FIT } from "./hooks/use-view-requests.ts";
import { NodeCard } from "./node/NodeCard.tsx";
import { RerouteDot } from "./node/RerouteDot.tsx";
import { Wire } from "./wires/Wire.tsx";

const NODE_TYPES: NodeTypes = { card: NodeCard, reroute: RerouteDot, frame: Comment, note: Comment };
const EDGE_TYPES: EdgeTypes = { wire: Wire };
const SNAP: [number, number] = [8, 8];
const PAN_ALL = [0, 1];
const PAN_MIDDLE = [1];
const MULTIPLE = ["Meta", "Control", "Shift"];
const HIDE = { hideAttribution: true };

export function FlowArea(): ReactNode {
  const { editor } = useEditor();
  const canvas = useCanvas();
  const [start] = useState(() => editor.store.getState().ui.viewport);
  // Else the first node that is put on an empty canvas would jump from where it was put.
  const [fitted] = useState(() => !start && editor.store.getState().history.document.nodes.length > 0);
  useKeptViewport(editor);
  const { flow, dragMode } = canvas;
  const { nodes, wires: described } = useScheduled(flow.store);
  const wires = useSettledWires(described);
  const drag = useStore(dragMode, (s) => s.drag);
  const snap = useEditorState((s) => s.ui.snap);
  const editable = useEditorState((s) => s.readOnly === null);
  const reactFlow = useReactFlow<FlowNode, FlowWire>();
  const onWire = useDropOnWire(canvas);

  const begin = useCallback<OnNodeDrag<FlowNode>>((_, __, moved) => onWire.begin(moved.length === 1 && isCard(moved[0]!) ? [moved[0].id] : []), [onWire]);
  const over = useCallback<OnNodeDrag<FlowNode>>(
    (_, node, moved) => {
      if (moved.length !== 1 || !isCard(node)) return;
      const { width = 0, height = 0 } = node.measured ?? {};
      onWire.over(node.id, { x: node.position.x + width / 2, y: node.position.y + height / 2 }, height);
    },
    [onWire],
  );
  const end = useCallback<OnNodeDrag<FlowNode>>((_, node, moved) => flow.commit(onWire.end(moved.length === 1 && isCard(node) ? node.id : null) ?? undefined), [flow, onWire]);
  const endMany = useCallback(() => flow.commit(), [flow]);
  const boxBegins = useCallback(() => flow.setBoxSelecting(true), [flow]);
  const boxEnds = useCallback(() => flow.setBoxSelecting(false), [flow]);
  const doubleClick = useCallback(
    (event: MouseEvent) => {
      const target = event.target as Element;
      if (!target.classList.contains("react-flow__pane")) return;
      const screen = { x: event.clientX, y: event.clientY };
      editor.setUi({ palette: { at: reactFlow.screenToFlowPosition(screen), screen } });
    },
    [editor, reactFlow],
  );
  const enter = useCallback(
    (event: MouseEvent, node: FlowNode) => {
      if (!isCard(node) || node.data.node.type !== SUBGRAPH || (event.target as Element).closest("button, input, select, textarea")) return;
      editor.enter([...editor.store.getState().scope, node.id]);
    },
    [editor],
  );
  // A drag of several begins at one of them; a press that is none means this one alone.
  const chooseAlone = useCallback(
    (event: MouseEvent, node: FlowNode) => {
      if (!isCard(node) || event.shiftKey || event.ctrlKey || event.metaKey || (event.target as Element).closest("button, input, select, textarea, [role='slider']")) return;
      editor.select({ nodes: [node.id] });
    },
    [editor],
  );
  return (
    <div className="react-flow__wrap" style={{ position: "absolute", inset: 0 }} onDoubleClick={doubleClick}>
      <ReactFlow<FlowNode, FlowWire>
        nodes={nodes as FlowNode[]}
        edges={wires as FlowWire[]}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={flow.onNodesChange}
        onEdgesChange={flow.onWiresChange}
        onNodeDragStart={begin}
        onNodeDrag={over}
        onNodeDragStop={end}
        onSelectionDragStop={endMany}
        onNodeClick={chooseAlone}
        onNodeDoubleClick={enter}
        onSelectionStart={boxBegins}
        onSelectionEnd={boxEnds}
        nodesDraggable={editable}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={MULTIPLE}
        panActivationKeyCode={null}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag={drag === "select"}
        panOnDrag={drag === "select" ? PAN_MIDDLE : PAN_ALL}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        snapToGrid={snap}
        snapGrid={SNAP}
        nodeDragThreshold={2}
        minZoom={0.05}
        maxZoom={3}
        fitView={fitted}
        {...(start ? { defaultViewport: start } : {})}
        fitViewOptions={FIT}
        proOptions={HIDE}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
        <ConnectionLine />
      </ReactFlow>
    </div>
  );
}
