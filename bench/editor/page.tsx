/**
 * The page that is measured: `?side=ours` shows the editor, `?side=bare` React Flow alone with as many of its default nodes and
 * wires at the same places and of the same canvas size. `measure` moves the same pointer over both.
 */
import { ReactFlow, ReactFlowProvider, useEdgesState, useNodesState, useReactFlow, type Edge, type Node } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { splitEndpoint, type GraphDocument } from "@patchbay/graph-core";
import { nodes as registry } from "@patchbay/nodes";
import { useEffect, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { createParts } from "../../apps/editor/src/app/create-parts.ts";
import { EditorContext } from "../../apps/editor/src/app/editor-context.ts";
import { Shell } from "../../apps/editor/src/app/Shell.tsx";
import type { Editor } from "../../apps/editor/src/model/editor.ts";
import { createMemoryFiles } from "../../apps/editor/src/storage/memory-files.ts";
import { FACTS, largeGraph, MIDDLE } from "../src/large-graph.ts";
import { dragNode, pan, zoom, type Frames } from "./gestures.ts";

declare global {
  interface Window {
    bench: {
      ready: Promise<{ milliseconds: number; nodes: number; wires: number }>;
      measure(gesture: "pan" | "zoom" | "drag"): Promise<Frames>;
      look(at: "all" | "near"): Promise<void>;
      /** Of our editor: an edit of a parameter that changes types downstream, until state and page say the new shape. */
      edit?(width: number): Promise<{ typed: number; drawn: number }>;
    };
  }
}

/** Far enough apart that our cards, which are larger than default nodes, do not lie on each other. */
function spread(document: GraphDocument): GraphDocument {
  return { ...document, nodes: document.nodes.map((node, i) => ({ ...node, position: { x: 420 * (i % 40), y: 420 * Math.floor(i / 40) } })) };
}

const graph = spread(largeGraph());
const side = new URLSearchParams(location.search).get("side");
const root = createRoot(document.getElementById("root")!);
const began = performance.now();
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

async function drawn(): Promise<{ milliseconds: number; nodes: number; wires: number }> {
  const count = (selector: string): number => document.querySelectorAll(selector).length;
  let before = -1;
  // Settled when two frames in a row show the same number of wires: they are drawn after the nodes were measured.
  for (;;) {
    await frame();
    await frame();
    const now = count(".react-flow__edge");
    if (now > 0 && now === before) break;
    before = now;
  }
  return { milliseconds: performance.now() - began, nodes: count(".react-flow__node"), wires: before };
}

type Look = (at: "all" | "near") => Promise<void>;

async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await frame();
}

function start(look: Look, edit?: Window["bench"]["edit"]): void {
  window.bench = {
    ready: drawn(),
    look,
    ...(edit ? { edit } : {}),
    measure: (gesture) => ({ pan, zoom, drag: dragNode })[gesture](),
  };
}

/** The same part of the graph on both sides: all of it, or a few nodes at their full size. */
const NEAR = { x: -8400, y: -4200, zoom: 1 };

function Bare(): ReactNode {
  const [nodes, , onNodesChange] = useNodesState<Node>(graph.nodes.map((node) => ({ id: node.id, position: node.position, data: { label: node.title ?? node.type } })));
  const [edges, , onEdgesChange] = useEdgesState<Edge>(graph.wires.map((wire, i) => ({ id: String(i), source: splitEndpoint(wire.from).node, target: splitEndpoint(wire.to).node })));
  const flow = useReactFlow();
  useEffect(() => start(async (at) => {
    await (at === "all" ? flow.fitView({ padding: 0.04 }) : flow.setViewport(NEAR));
    await settle();
  }), [flow]);
  return <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} minZoom={0.02} fitView />;
}

/** Reaches React Flow's instance inside the shell through its own provider's store. */
function ours(): void {
  const parts = createParts({ registry, document: graph, files: createMemoryFiles(), assets: "/", ui: { panels: { library: false, inspector: false, problems: false }, minimap: false } });
  const { editor } = parts;
  editor.setFacts(FACTS);
  root.render(
    <EditorContext value={parts}>
      <Shell />
    </EditorContext>,
  );
  start(
    async (at) => {
      if (at === "all") editor.look({ kind: "fit" });
      else editor.look({ kind: "node", id: graph.nodes[Math.round(-NEAR.y / 420) * 40 + Math.round(-NEAR.x / 420)]!.id });
      await settle();
    },
    (width) => editAndWait(editor, width),
  );
}

async function editAndWait(editor: Editor, width: number): Promise<{ typed: number; drawn: number }> {
  const id = `sizeA${MIDDLE}`;
  const started = performance.now();
  editor.edit([{ kind: "set-param", node: id, param: "width", value: width }]);
  const typed = performance.now() - started;
  const type = editor.store.getState().inference.types.get(`${id}.image`);
  if (type?.kind !== "tensor" || !type.shape?.includes(width)) throw new Error("The edit did not arrive in the types.");
  await frame();
  await frame();
  return { typed, drawn: performance.now() - started };
}

if (side === "ours") ours();
else
  root.render(
    <ReactFlowProvider>
      <Bare />
    </ReactFlowProvider>,
  );
