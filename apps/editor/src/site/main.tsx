/** The page: opens the last graph of this browser in an editor that fills the window. */
import { emptyGraph, parseGraph } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createParts } from "../app/create-parts.ts";
import { EditorContext } from "../app/editor-context.ts";
import { Shell } from "../app/Shell.tsx";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { exampleEntries, exampleGraphs } from "./examples.ts";
import { offerPageHandle } from "./page-handle.ts";
import { workOffline } from "./work-offline.ts";

const example = new URLSearchParams(location.search).get("example");
const text = await exampleGraphs.get(example ?? "")?.();
const document_ = (text && parseGraph(text, { registry: nodes }).document) || emptyGraph();
const assets = new URL("./", location.href).pathname;
const parts = createParts({ registry: nodes, document: document_, files: createMemoryFiles(), assets, examples: exampleEntries(assets) });
offerPageHandle(parts);
void workOffline();

createRoot(document.getElementById("patchbay")!).render(
  <StrictMode>
    <EditorContext value={parts}>
      <Shell />
    </EditorContext>
  </StrictMode>,
);
