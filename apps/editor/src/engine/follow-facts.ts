/**
 * Finds out what types need to know of the files that the document names, whenever it names new ones: how large a picture is the page sees
 * by itself; what has to be read as a whole, such as a network, the engine reads, so that the page goes on meanwhile.
 */
import { isVisible, paramValues, type Facts, type FileFacts, type GraphDocument, type GraphNode, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { Editor } from "../model/editor.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { Engine } from "./engine.ts";

/** Returns how to end it. */
export function followFacts(editor: Editor, files: GraphFiles, assets: string, engine: Pick<Engine, "facts">): () => void {
  const [reading, sized] = [true, false].map((reads) => part(editor.registry, (node) => (node.describeFile !== undefined) === reads)) as [NodeRegistry<RunnableNode>, NodeRegistry<RunnableNode>];
  const followers = [
    follower(editor, sized, async (document, known) => {
      const [{ collectFacts }, { createBrowserHost }] = await Promise.all([import("@patchbay/runtime"), import("./browser-host.ts")]);
      return collectFacts(document, sized, createBrowserHost({ assets: new URL(assets, location.href).href, files }), known);
    }),
    // By itself: a picture's size does not wait for an engine that computes.
    follower(editor, reading, (document, known) => engine.facts(document, known)),
  ];

  /** A file that was missing may be there now. */
  function lookAgain(): void {
    for (const one of followers) one.forget();
    const { facts } = editor.store.getState();
    const there = Object.entries(facts).filter(([, fact]) => fact.kind !== "missing");
    if (there.length < Object.keys(facts).length) editor.setFacts(Object.fromEntries<FileFacts>(there));
    for (const one of followers) void one.look();
  }

  const unsubscribeFiles = files.subscribe?.(lookAgain);
  const unsubscribe = editor.store.subscribe((state, before) => {
    if (state.history.document !== before.history.document) for (const one of followers) void one.look();
  });
  for (const one of followers) void one.look();
  return () => {
    for (const one of followers) one.end();
    unsubscribe();
    unsubscribeFiles?.();
  };
}

interface Follower {
  /** Finds out what is not known yet. */
  look(): Promise<void>;
  forget(): void;
  end(): void;
}

/** Of the files that nodes of these types name. */
function follower(editor: Editor, types: NodeRegistry<RunnableNode>, collect: (document: GraphDocument, known: Facts) => Promise<Facts>): Follower {
  const references = createReferences(types);
  /** What was looked at and gives no fact: asked again only when the files change. */
  const looked = new Set<string>();
  let isEnded = false;
  let isBusy = false;
  return {
    async look() {
      if (isBusy) return;
      isBusy = true;
      let wanted: string[] = [];
      try {
        for (;;) {
          const { history, facts } = editor.store.getState();
          wanted = references(history.document.nodes).filter((r) => !looked.has(r) && !Object.hasOwn(facts, r));
          if (!wanted.length || isEnded) return;
          for (const reference of wanted) looked.add(reference);
          const found = await collect(history.document, facts);
          if (isEnded) return;
          const { facts: now } = editor.store.getState();
          const fresh = Object.entries(found).filter(([reference]) => !Object.hasOwn(now, reference));
          if (fresh.length) editor.setFacts({ ...now, ...Object.fromEntries(fresh) });
        }
      } catch (error) {
        // The next edit asks again.
        for (const reference of wanted) looked.delete(reference);
        if (!isEnded) editor.notify({ kind: "warning", text: `The files of this graph could not be looked at: ${error instanceof Error ? error.message : String(error)}` });
      } finally {
        isBusy = false;
      }
    },
    forget: () => looked.clear(),
    end: () => void (isEnded = true),
  };
}

/** The node types that fit, as if there were no others. */
function part(registry: NodeRegistry<RunnableNode>, fits: (node: RunnableNode) => boolean): NodeRegistry<RunnableNode> {
  const types = new Map(registry.declarations.filter(fits).map((node) => [node.type, node]));
  return { declarations: [...types.values()], get: (type) => types.get(type) };
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
