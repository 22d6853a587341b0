/** The page: opens the graph that its address asks for, or the last one of this browser, in an editor that fills the window. */
import { emptyGraph, parseGraph } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { createParts } from "../app/create-parts.ts";
import { EditorContext } from "../app/editor-context.ts";
import { Shell } from "../app/Shell.tsx";
import { linkedToken } from "../storage/linked-server.ts";
import { openWorkspace, type InitialGraph } from "../storage/open-workspace.ts";
import { exampleEntries, exampleGraphs } from "./examples.ts";
import { showFailure } from "./failure-page.ts";
import { fetchWords } from "./fetch-words.ts";
import { keepTheme, keptTheme } from "./kept-theme.ts";
import { offerPageHandle } from "./page-handle.ts";
import { workOffline } from "./work-offline.ts";

/** `?example=style-transfer` */
async function askedExample(): Promise<InitialGraph | null> {
  const name = new URLSearchParams(location.search).get("example");
  if (name === null) return null;
  const text = await exampleGraphs.get(name)?.();
  const { document: graph } = parseGraph(text, { registry: nodes });
  if (graph) return { document: graph };
  return { document: emptyGraph(), notice: { kind: "warning", text: `There is no example “${name.slice(0, 60)}”. All there are stand under Examples.` } };
}

async function start(): Promise<void> {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is turned off in this browser, and networks cannot be computed without it. Turn it on, or use another browser.");
  const assets = new URL("./", document.baseURI).href;
  const token = linkedToken(location.hash);
  const opened = token === null ? await openWorkspace({ registry: nodes, initial: askedExample }) : await (await import("../storage/linked-graph.ts")).openLinkedGraph(token, nodes, assets);
  const parts = createParts({
    registry: nodes,
    document: opened.document,
    files: opened.files,
    assets,
    examples: exampleEntries(assets),
    ui: { ...("ui" in opened ? opened.ui : {}), theme: keptTheme() },
    workspace: (made) => opened.workspace(made),
  });
  let beside: ReactNode = null;
  void workOffline();
  if (token !== null) {
    const { DiskConflict } = await import("./DiskConflict.tsx");
    beside = <DiskConflict />;
  }
  keepTheme(parts.editor.store);
  offerPageHandle(parts);
  createRoot(document.getElementById("patchbay")!).render(
    <StrictMode>
      <EditorContext value={parts}>
        <Shell>{beside}</Shell>
      </EditorContext>
    </StrictMode>,
  );
  // After the first picture: nothing that can be seen waits for it.
  requestAnimationFrame(() => setTimeout(() => void fetchWords()));
}

// The address of a file on disk was put over that of this page: another page begins.
addEventListener("hashchange", () => linkedToken(location.hash) !== null && location.reload());
start().catch(showFailure);
