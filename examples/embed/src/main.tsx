/** A program that keeps a graph of its own and lets people edit it with Patchbay. */
import { withNodes, PatchbayEditor } from "@patchbay/editor";
import type { GraphDocument } from "@patchbay/graph-core";
import { StrictMode, useState, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { start } from "./graph.ts";
import { invert } from "./invert.ts";
import "./program.css";

const nodes = withNodes(invert);
const worker = (): Worker => new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" });

function Program(): ReactNode {
  const [graph, setGraph] = useState<GraphDocument>(start);
  const [edits, setEdits] = useState(0);
  const [isOpen, setOpen] = useState(true);
  const [isBeside, setBeside] = useState(false);
  return (
    <div className="program">
      <header>
        <h1>A program with Patchbay in it</h1>
        <output aria-label="Edits">{edits}</output> edits, <output aria-label="Nodes">{graph.nodes.length}</output> nodes
        <button type="button" onClick={() => setGraph(start)}>Start over</button>
        <button type="button" aria-pressed={isBeside} onClick={() => setBeside(!isBeside)}>Watch beside</button>
        <button type="button" aria-pressed={!isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? "Close the editor" : "Open the editor"}</button>
      </header>
      <main>
        {isOpen ? (
          <PatchbayEditor
            className="editor"
            graph={graph}
            nodes={nodes}
            worker={worker}
            onChange={(next) => {
              setGraph(next);
              setEdits((count) => count + 1);
            }}
          />
        ) : null}
        {isBeside ? <PatchbayEditor className="beside" graph={graph} nodes={nodes} worker={worker} readOnly="This is a view of the graph beside it." theme="dark" /> : null}
      </main>
    </div>
  );
}

createRoot(document.getElementById("program")!).render(
  <StrictMode>
    <Program />
  </StrictMode>,
);
