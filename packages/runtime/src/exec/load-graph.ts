/** Reads a graph so that it can run: parsed, migrated, checked, with the facts about its files that shapes depend on. */
import { GraphError, hasErrors, inferGraph, isVisible, paramValues, parseGraph, type Diagnostic, type FileFacts, type GraphDocument, type Inference, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "../node-api/node.ts";
import { NodeFailure, type Host } from "../node-api/host.ts";
import { decodeDataUrl, isDataUrl } from "../host/data-url.ts";
import { siblingOf } from "../host/sibling.ts";
import { RunCache } from "./cache.ts";
import { standardNodes } from "./standard-nodes.ts";

export interface LoadOptions {
  /** The node types it may use; by default those of `@patchbay/nodes`, which must then be installed. */
  nodes?: NodeRegistry<RunnableNode>;
  /** Files and codecs; by default Node's, confined to the graph's folder. */
  host?: Host;
}

/** A graph ready to run. Holds compiled programs and loaded weights between runs; `dispose` frees them. */
export interface LoadedGraph {
  readonly document: GraphDocument;
  readonly registry: NodeRegistry<RunnableNode>;
  readonly host: Host;
  /** Of reading, migrating and checking; a graph with errors cannot run. */
  readonly diagnostics: readonly Diagnostic[];
  readonly inference: Inference<RunnableNode>;
  readonly facts: { readonly [source: string]: FileFacts };
  readonly cache: RunCache;
  dispose(): Promise<void>;
}

/**
 * @param source a path (Node only), a `file:` URL, JSON text, its bytes, or the parsed object.
 * @throws GraphError when there is no document to speak of (not JSON, too large, a newer version); mistakes inside the
 * graph are in `diagnostics`.
 */
export async function loadGraph(source: string | URL | Uint8Array | object, options: LoadOptions = {}): Promise<LoadedGraph> {
  const registry = options.nodes ?? (await standardNodes());
  const { text, folder } = await read(source);
  const { document, diagnostics: reading } = parseGraph(text, { registry });
  if (!document) throw new GraphError(reading);
  const host = options.host ?? (await defaultHost(folder));
  const facts = await collectFacts(document, registry, host);
  const inference = inferGraph(document, registry, { facts });
  const cache = new RunCache();
  return { document, registry, host, facts, inference, diagnostics: [...reading, ...inference.diagnostics], cache, dispose: () => cache.dispose() };
}

async function defaultHost(graphFolder: string | undefined): Promise<Host> {
  const { createDefaultHost } = await import("#default-host");
  return createDefaultHost(graphFolder === undefined ? {} : { graphFolder });
}

async function read(source: string | URL | Uint8Array | object): Promise<{ text: string | object; folder?: string }> {
  if (source instanceof Uint8Array) return { text: new TextDecoder().decode(source) };
  if (!(source instanceof URL) && typeof source === "object") return { text: source };
  if (typeof source === "string" && /^\s*[{[]/.test(source)) return { text: source };
  const { readGraphFile } = await import("#default-host");
  return readGraphFile(source);
}

/**
 * What static types depend on in the files that the graph names: sizes of pictures, networks of galleries. A file that
 * cannot be read is a fact too. What is `known` is not read again.
 */
export async function collectFacts(document: GraphDocument, registry: NodeRegistry<RunnableNode>, host: Host, known: { readonly [source: string]: FileFacts } = {}): Promise<{ [source: string]: FileFacts }> {
  const facts: { [source: string]: FileFacts } = { ...known };
  const wanted = new Map<string, (bytes: Uint8Array, name: string) => Promise<FileFacts | undefined>>();
  const bodies: Pick<GraphDocument, "nodes">[] = [document];
  for (const body of bodies)
    for (const node of body.nodes) {
      if (node.graph) bodies.push(node.graph);
      const declaration = registry.get(node.type);
      if (!declaration) continue;
      const params = paramValues(node, declaration);
      for (const spec of declaration.params) {
        const reference = params[spec.name];
        if (spec.kind !== "file" || !isVisible(spec, params) || typeof reference !== "string" || reference === "" || reference.startsWith("given:") || Object.hasOwn(known, reference)) continue;
        if (declaration.describeFile) wanted.set(reference, async (bytes, name) => declaration.describeFile!(spec.name, bytes, name, (beside) => host.readFile(siblingOf(reference, beside))));
        else if (spec.accept === "image" && host.imageSize) wanted.set(reference, async (bytes, name) => ({ kind: "image", ...(await host.imageSize!(bytes, name)) }));
      }
    }
  await Promise.all([...wanted].map(async ([reference, describe]) => {
    try {
      const embedded = isDataUrl(reference);
      const bytes = embedded ? decodeDataUrl(reference).bytes : await host.readFile(reference);
      const found = await describe(bytes, embedded ? "the embedded file" : reference);
      if (found) facts[reference] = found;
    } catch (error) {
      if (!(error instanceof NodeFailure)) throw error;
      facts[reference] = { kind: "missing", reason: error.message };
    }
  }));
  return facts;
}

/** Throws GraphError with every error among the diagnostics. */
export function refuseErrors(diagnostics: readonly Diagnostic[]): void {
  if (hasErrors(diagnostics)) throw new GraphError(diagnostics.filter((d) => d.severity === "error"));
}
