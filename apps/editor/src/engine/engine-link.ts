/** The page's line to the engine: starts it when it is first needed, ends it, and starts it anew. */
import type { Loading } from "../model/run-state.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { EngineCall, FromEngine, MessageEnd, PostedEvent, ToEngine } from "./protocol.ts";
import { thrownError } from "./protocol.ts";

/** A started engine: a worker, or a port to one on this thread. */
export interface Connection {
  readonly end: MessageEnd;
  /** Called at most once, with a sentence, when the engine breaks by itself. */
  onBroken(tell: (reason: string) => void): void;
  close(): void;
}

export interface LinkOptions {
  connect(): Connection;
  /** Where the editor's own files are, as a whole URL. */
  assets: string;
  files: Pick<GraphFiles, "read" | "list">;
  onLoading(loading: readonly Loading[]): void;
}

/** The engine ended before it answered. */
export class EngineEnded extends Error {
  override name = "EngineEnded";
  /** It had answered before: its script is there and works. */
  readonly hadStarted: boolean;
  /** It was ended because of something else: what was asked meanwhile may be asked anew. */
  readonly byStop: boolean;
  constructor(message: string, hadStarted: boolean, byStop: boolean) {
    super(message);
    this.hadStarted = hadStarted;
    this.byStop = byStop;
  }
}

interface Pending {
  readonly call: EngineCall;
  onEvents(events: readonly PostedEvent[]): void;
  resolve(value: never): void;
  reject(error: Error): void;
}

interface Line {
  readonly connection: Connection;
  started: boolean;
}

export class EngineLink {
  readonly #options: LinkOptions;
  readonly #pending = new Map<number, Pending>();
  #line: Line | undefined;
  #calls = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Asks one thing. Rejects with EngineEnded when the engine is ended meanwhile. */
  call<T>(call: EngineCall, onEvents: (events: readonly PostedEvent[]) => void = () => {}): { id: number; answer: Promise<T> } {
    const id = ++this.#calls;
    const answer = new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { call, onEvents, resolve: resolve as Pending["resolve"], reject });
      try {
        this.#post({ type: "call", id, call });
      } catch (error) {
        this.#pending.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    return { id, answer };
  }

  stop(id: number): void {
    this.#line?.connection.end.postMessage({ type: "stop", id } satisfies ToEngine);
  }

  get isRunning(): boolean {
    return this.#line !== undefined;
  }

  /** Ends the engine in the middle of whatever it does; the next call starts another. */
  end(reason: string, { byStop = false } = {}): void {
    const line = this.#line;
    if (!line) return;
    this.#line = undefined;
    line.connection.close();
    this.#options.onLoading([]);
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of waiting) one.reject(new EngineEnded(reason, line.started, byStop));
  }

  #post(message: ToEngine): void {
    (this.#line ??= this.#open()).connection.end.postMessage(message);
  }

  #open(): Line {
    const connection = this.#options.connect();
    const line: Line = { connection, started: false };
    connection.end.addEventListener("message", ({ data }: MessageEvent<FromEngine>) => {
      if (this.#line === line) this.#hear(data, line);
    });
    connection.onBroken((reason) => {
      if (this.#line === line) this.end(reason);
    });
    connection.end.postMessage({ type: "open", assets: this.#options.assets } satisfies ToEngine);
    return line;
  }

  #hear(message: FromEngine, line: Line): void {
    switch (message.type) {
      case "ready":
        line.started = true;
        break;
      case "loading":
        this.#options.onLoading(message.loading);
        break;
      case "events":
        this.#pending.get(message.id)?.onEvents(message.events);
        break;
      case "answer":
      case "refused": {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (message.type === "answer") pending?.resolve(message.value as never);
        else pending?.reject(thrownError(message.error));
        break;
      }
      case "read":
      case "list":
        void this.#find(message.type, message.path).then((found) => line === this.#line && line.connection.end.postMessage({ type: "found", id: message.id, ...found } satisfies ToEngine));
    }
  }

  async #find(what: "read" | "list", path: string): Promise<{ found: Uint8Array | readonly string[] | null; problem?: string }> {
    try {
      return { found: await this.#options.files[what](path) };
    } catch (error) {
      return { found: null, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}
