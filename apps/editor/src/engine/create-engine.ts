/** Starts the engine: in a worker, which can be ended at any moment, or on the page's own thread for a host program's node types without a worker of their own. */
import type { Facts, NodeRegistry } from "@patchbay/graph-core";
import type { Host, OnnxExport, RunnableNode, RuntimeValue } from "@patchbay/runtime";
import type { BackendStatus, Loading, ShownValue } from "../model/run-state.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { HostFiles } from "./browser-host.ts";
import type { Comparison, Engine, EngineEvent, NetworkInside } from "./engine.ts";
import { EngineEnded, EngineLink, type Connection } from "./engine-link.ts";
import type { EngineCall } from "./protocol.ts";
import { startSession } from "./run-session.ts";

export interface EngineOptions {
  /** Where the built editor's own files are; ends with `/`. */
  assets: string;
  /** What graphs name by relative paths. */
  files: GraphFiles;
  /** A worker that calls `serveEngine`; by default the editor's own. */
  worker?: () => Worker;
  /**
   * Node types of the host program, when it brings no worker: the engine then runs on the page's own thread. It freezes
   * the page during each computation, and Stop takes effect between two of them.
   */
  nodes?: NodeRegistry<RunnableNode>;
  /** Files and codecs on the page's own thread; by default the browser's. */
  host?: (files: HostFiles) => Host;
}

// A bundler finds the worker by this very form; the build of the library leaves the name as it is, so it names the file that is there then.
const ownWorker = (): Worker => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "patchbay-engine" });

export function createEngine({ assets, files, worker, nodes, host }: EngineOptions): Engine {
  const shown = new Map<string, ShownValue>();
  const listeners = new Set<(event: EngineEvent) => void>();
  const onPage = nodes && !worker ? nodes : undefined;
  const link = new EngineLink({
    connect: () => (onPage ? onThisThread(onPage, host) : inWorker(worker ?? ownWorker)),
    assets: wholeUrl(assets),
    files,
    onLoading: (loading: readonly Loading[]) => listeners.forEach((tell) => tell({ type: "loading", loading })),
  });
  let memory: Promise<number | null> | undefined;

  /** Asked once more where the engine was ended before it could answer: what it is about is no run's matter. */
  async function ask<T>(call: EngineCall): Promise<T> {
    try {
      return await link.call<T>(call).answer;
    } catch (error) {
      if (!(error instanceof EngineEnded) || !error.hadStarted) throw error;
      return link.call<T>(call).answer;
    }
  }

  return {
    run(request, onEvent) {
      listeners.add(onEvent);
      const handle = startSession(request, onEvent, { link, shown, canEnd: !onPage });
      void handle.finished.finally(() => listeners.delete(onEvent));
      return handle;
    },
    async value(key) {
      const small = shown.get(key)?.value;
      if (small) return small;
      return link.isRunning ? link.call<RuntimeValue | null>({ method: "value", key }).answer.catch(() => null) : null;
    },
    facts: (document, known) => ask<Facts>({ method: "facts", document, known }),
    probe: () => ask<readonly BackendStatus[]>({ method: "probe" }).catch(() => []),
    network: (key, value) => ask<NetworkInside | null>({ method: "network", key, ...(value ? { value } : {}) }),
    weights: (key, value) => ask<Uint8Array | null>({ method: "weights", key, ...(value ? { value } : {}) }),
    exportOnnx: (document) => ask<OnnxExport>({ method: "exportOnnx", document }),
    compare: (document, node, backends) => ask<Comparison>({ method: "compare", document, node, backends }),
    memory: () => (memory ??= (link.isRunning ? link.call<number | null>({ method: "memory" }).answer.catch(() => null) : Promise.resolve(null)).finally(() => (memory = undefined))),
    dispose: () => link.end("The editor was closed."),
  };
}

function inWorker(make: () => Worker): Connection {
  const worker = make();
  return {
    end: worker,
    onBroken(tell) {
      worker.addEventListener("error", (event) => tell(event.message ? `The engine broke off: ${event.message.replace(/^Uncaught\s*(?:\w*Error:\s*)?/, "").replace(/[.\s]+$/, "")}.` : "The engine could not be loaded. Check the connection and run again."));
      worker.addEventListener("messageerror", () => tell("The engine sent something that cannot be read."));
    },
    close: () => worker.terminate(),
  };
}

function onThisThread(nodes: NodeRegistry<RunnableNode>, host: EngineOptions["host"]): Connection {
  const { port1, port2 } = new MessageChannel();
  let broken: ((reason: string) => void) | undefined;
  port1.start();
  // Loaded when it is first needed: a page that only shows graphs does without it.
  import("./serve.ts").then(
    ({ serveEngine }) => {
      serveEngine({ nodes, port: port2, ...(host ? { host } : {}) });
      port2.start();
    },
    () => broken?.("The engine could not be loaded. Check the connection and run again."),
  );
  return {
    end: port1,
    onBroken: (tell) => (broken = tell),
    close() {
      port1.close();
      port2.close();
    },
  };
}

const wholeUrl = (path: string): string => (typeof location === "undefined" ? path : new URL(path, location.href).href);
