/** Finds out what types need to know of the files that the document names, whenever it names new ones. */
import { isVisible, paramValues, type FileFacts, type GraphNode, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { Editor } from "../model/editor.ts";
import type { GraphFiles } from "../storage/graph-files.ts";

/** Returns how to end it. */
export function followFacts(editor: Editor, files: GraphFiles, assets: string): () => void {
  const references = createReferences(editor.registry);
  /** What was looked at and gives no fact: asked again only when the files change. */
  const looked = new Set<string>();
  let isEnded = false;
  let isBusy = false;

  async function look(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      for (;;) {
        const { history, facts } = editor.store.getState();
        const wanted = references(history.document.nodes).filter((r) => !looked.has(r) && !Object.hasOwn(facts, r));
        if (!wanted.length || isEnded) return;
        for (const reference of wanted) looked.add(reference);
        const [{ collectFacts }, { createBrowserHost }] = await Promise.all([import("@patchbay/runtime"), import("./browser-host.ts")]);
        const host = createBrowserHost({ assets: new URL(assets, location.href).href, files });
        const found = await collectFacts(history.document, editor.registry, host, facts);
        if (isEnded) return;
        const { facts: now } = editor.store.getState();
        const fresh = Object.entries(found).filter(([reference]) => !Object.hasOwn(now, reference));
        if (fresh.length) editor.setFacts({ ...now, ...Object.fromEntries(fresh) });
      }
    } catch (error) {
      editor.notify({ kind: "warning", text: `The files of this graph could not be looked at: ${error instanceof Error ? error.message : String(error)}` });
    } finally {
      isBusy = false;
    }
  }

  /** A file that was missing may be there now. */
  function lookAgain(): void {
    looked.clear();
    const { facts } = editor.store.getState();
    const there = Object.entries(facts).filter(([, fact]) => fact.kind !== "missing");
    if (there.length < Object.keys(facts).length) editor.setFacts(Object.fromEntries<FileFacts>(there));
    void look();
  }

  const unsubscribeFiles = files.subscribe?.(lookAgain);
  const unsubscribe = editor.store.subscribe((state, before) => {
    if (state.history.document !== before.history.document) void look();
  });
  void look();
  return () => {
    isEnded = true;
    unsubscribe();
    unsubscribeFiles?.();
  };
}

/** All that a document's file parameters name, each node looked at once. */
function createReferences(registry: NodeRegistry<RunnableNode>): (nodes: readonly GraphNode[]) => string[] {
  const known = new WeakMap<GraphNode, readonly string[]>();
  const of = (node: GraphNode): readonly string[] => {
    const before = known.get(node);
    if (before) return before;
    const declaration = registry.get(node.type);
    const own = declaration && declaration.params.some((p) => p.kind === "file") ? fileReferences(node, declaration) : [];
    const all = node.graph ? [...own, ...node.graph.nodes.flatMap(of)] : own;
    known.set(node, all);
    return all;
  };
  return (nodes) => [...new Set(nodes.flatMap(of))];
}

function fileReferences(node: GraphNode, declaration: RunnableNode): string[] {
  const params = paramValues(node, declaration);
  return declaration.params.flatMap((spec) => {
    const reference = params[spec.name];
    return spec.kind === "file" && isVisible(spec, params) && typeof reference === "string" && reference !== "" ? [reference] : [];
  });
}
