/**
 * The page that is measured. `?side=ours`: the editor as users have it, panels and map open. `?side=bare&width=…&height=…`: React Flow
 * alone, in a rectangle as large as the editor's canvas, with as many of its default nodes and wires at the same places.
 */
import { ReactFlow, ReactFlowProvider, useEdgesState, useNodesState, useReactFlow, type Edge, type Node, type Viewport } from "@xyflow/react";
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
import type { Bench, EditTimes, Opened, View } from "../src/editor-page.ts";
import { FACTS, largeGraph, MIDDLE } from "../src/large-graph.ts";
import { aim, frame, perform } from "./gestures.ts";

declare global {
  interface Window {
    bench: Bench;
  }
}

const COLUMNS = 40;
/** Far enough apart that our cards, which are larger than default nodes, do not lie on each other. */
const STEP = { x: 360, y: 400 };
const spread = (document: GraphDocument): GraphDocument => ({ ...document, nodes: document.nodes.map((node, i) => ({ ...node, position: { x: STEP.x * (i % COLUMNS), y: STEP.y * Math.floor(i / COLUMNS) } })) });

const graph = spread(largeGraph());
const EDITED = `sizeA${MIDDLE}`;
const parameters = new URLSearchParams(location.search);
const root = createRoot(document.getElementById("root")!);
const began = performance.now();

const count = (selector: string): number => document.querySelectorAll(selector).length;

async function drawn(): Promise<Opened> {
  let before = -1;
  // Settled when two frames in a row show the same number of wires: they are drawn after the nodes were measured.
  for (;;) {
    await frame();
    await frame();
    const now = count(".react-flow__edge");
    if (now > 0 && now === before) break;
    before = now;
  }
  const { width, height } = document.querySelector(".react-flow")!.getBoundingClientRect();
  return { milliseconds: performance.now() - began, nodes: count(".react-flow__node"), wires: before, width, height };
}

/** The same part of the graph on both sides. */
function viewportOf(view: View): Viewport {
  const { width, height } = document.querySelector(".react-flow")!.getBoundingClientRect();
  const [w, h] = [STEP.x * COLUMNS, STEP.y * Math.ceil(graph.nodes.length / COLUMNS)];
  const zoom = Math.max(0.05, Math.min(width / w, height / h));
  if (view === "all") return { x: (width - w * zoom) / 2, y: (height - h * zoom) / 2, zoom };
  const { x, y } = graph.nodes.find((node) => node.id === EDITED)!.position;
  return { x: width / 2 - x - 150, y: height / 2 - y - 100, zoom: 1 };
}

async function settle(): Promise<void> {
  // What is drawn whole is decided again a moment after a view has come to rest.
  await new Promise((resolve) => setTimeout(resolve, 450));
  for (let i = 0; i < 4; i++) await frame();
}

function start(side: Pick<Bench, "edit" | "jump"> & { go(to: Viewport): void; restore(): void }): void {
  window.bench = {
    ready: drawn(),
    async look(at) {
      const to = viewportOf(at);
      side.go(to);
      await settle();
      const { a, e, f } = new DOMMatrix(document.querySelector<HTMLElement>(".react-flow__viewport")!.style.transform);
      if (Math.hypot(a - to.zoom, e - to.x, f - to.y) > 0.5) throw new Error(`The canvas does not look at “${at}”.`);
    },
    aim,
    perform,
    async restore() {
      side.restore();
      await settle();
    },
    ...(side.edit ? { edit: side.edit } : {}),
    ...(side.jump ? { jump: side.jump } : {}),
  };
}

const BARE_NODES: readonly Node[] = graph.nodes.map((node) => ({ id: node.id, position: node.position, data: { label: node.title ?? node.type } }));
const BARE_EDGES: readonly Edge[] = graph.wires.map((wire, i) => ({ id: String(i), source: splitEndpoint(wire.from).node, target: splitEndpoint(wire.to).node }));

function Bare(): ReactNode {
  const [nodes, setNodes, onNodesChange] = useNodesState<Node>([...BARE_NODES]);
  const [edges, , onEdgesChange] = useEdgesState<Edge>([...BARE_EDGES]);
  const flow = useReactFlow();
  useEffect(() => start({ go: (to) => void flow.setViewport(to), restore: () => setNodes((now) => now.map((node, i) => ({ ...node, position: BARE_NODES[i]!.position, selected: false }))) }), [flow, setNodes]);
  return <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} minZoom={0.05} maxZoom={3} fitView />;
}

function ours(): void {
  // Without the grid, so that every move of a drag moves the node; all else is as it is when somebody opens the editor.
  const parts = createParts({ registry, document: graph, files: createMemoryFiles(), assets: "/", ui: { snap: false } });
  const { editor } = parts;
  editor.setFacts(FACTS);
  root.render(
    <EditorContext value={parts}>
      <Shell />
    </EditorContext>,
  );
  start({
    go: (viewport) => editor.look({ kind: "viewport", viewport }),
    restore: () => {
      editor.jumpTo(0);
      editor.select({});
    },
    edit: (width) => until(editor, width, () => editor.edit([{ kind: "set-param", node: EDITED, param: "width", value: width }], { gesture: `width ${width}` })),
    jump: (steps, width) => {
      const { past } = editor.store.getState().history;
      return until(editor, width, () => editor.jumpTo(past.length - steps));
    },
  });
}

async function until(editor: Editor, width: number, act: () => void): Promise<EditTimes> {
  const wires = document.querySelector(".react-flow__edges")!;
  const stands = (): boolean => [...wires.querySelectorAll(".pb-wire-label")].some((label) => label.textContent.includes(String(width)));
  if (stands()) throw new Error("The shape stands there already.");
  await frame();
  let shown = NaN;
  const seen = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!stands()) return;
      observer.disconnect();
      shown = performance.now() - started;
      resolve();
    });
    observer.observe(wires, { subtree: true, childList: true, characterData: true });
  });
  const started = performance.now();
  act();
  const typed = performance.now() - started;
  const type = editor.store.getState().inference.types.get(`${EDITED}.image`);
  if (type?.kind !== "tensor" || !type.shape?.includes(width)) throw new Error("The edit did not arrive in the types.");
  await seen;
  await frame();
  await frame();
  return { typed, shown, drawn: performance.now() - started };
}

if (parameters.get("side") === "ours") ours();
else
  root.render(
    <div style={{ width: `${parameters.get("width")}px`, height: `${parameters.get("height")}px` }}>
      <ReactFlowProvider>
        <Bare />
      </ReactFlowProvider>
    </div>,
  );
