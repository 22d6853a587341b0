/** Writes the results of the open graph into storage when a run has ended, and now and then while one goes on. */
import type { Editor } from "../model/editor.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { ShownValue } from "../model/run-state.ts";
import type { GraphStore } from "./graph-store.ts";
import { keepResults, shownAgain } from "./kept-results.ts";
import { pictureUrl, type PictureCodec } from "./picture-codec.ts";

const AFTER_RUN_MS = 600;
const IN_RUN_MS = 4000;
/** Longest side of the picture on a card. */
const CARD = 240;

export interface ResultsKeeper {
  /** Shows what was kept, where nothing newer is shown. */
  restore(): Promise<void>;
  changed(state: EditorState): void;
  /** Writes what is not written. */
  flush(): Promise<void>;
  end(): void;
}

export interface ResultsOptions {
  editor: Editor;
  store: GraphStore;
  graph: string;
  codec: PictureCodec;
  /** Whether this tab writes. */
  mayWrite(): boolean;
  /** A result as a small picture, for lists. */
  onPicture(url: string): void;
}

export function keepResultsOf({ editor, store, graph, codec, mayWrite, onPicture }: ResultsOptions): ResultsKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = editor.store.getState().run.values;
  let ended = false;

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const { run } = editor.store.getState();
    if (ended || !mayWrite() || run.values === written || run.values.size === 0) return;
    written = run.values;
    try {
      await store.saveResults(graph, await keepResults(run.values, codec));
      const picture = cardPicture(editor, run.values);
      const encoded = picture ? await codec.encode(picture, CARD) : null;
      if (encoded && !ended) onPicture(pictureUrl(encoded));
    } catch {
      // No room: results can be computed again, and the next edit says that nothing can be saved.
    }
  }
  return {
    async restore() {
      const kept = await store.results(graph);
      if (!kept || ended) return;
      const again = await shownAgain(kept, codec);
      const state = editor.store.getState();
      if (ended || again.size === 0) return;
      const { byId } = state.inference.flat;
      const values = new Map([...again].filter(([key]) => byId.has(key.slice(0, key.lastIndexOf(".")))));
      for (const [key, value] of state.run.values) values.set(key, value);
      written = values;
      editor.store.setState({ run: { ...state.run, values } });
    },
    changed({ run }) {
      if (run.values === written || run.values.size === 0) return;
      if (run.phase === "idle") clearTimeout(timer);
      else if (timer !== undefined) return;
      timer = setTimeout(() => void write(), run.phase === "idle" ? AFTER_RUN_MS : IN_RUN_MS);
    },
    flush: write,
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** What came out of the graph last, as a picture: of an output before an optimiser before anything else that can be seen. */
function cardPicture(editor: Editor, values: ReadonlyMap<string, ShownValue>) {
  const { byId } = editor.store.getState().inference.flat;
  const rank = (key: string): number => ({ output: 3, optimiser: 2, trainer: 2, variable: 0, feed: 0 })[byId.get(key.slice(0, key.lastIndexOf(".")))?.declaration?.role ?? "variable"];
  const pictures = [...values].flatMap(([key, { value, summary }]) => {
    const image = value?.kind === "image" ? value : value?.kind === "faces" ? value.image : summary.thumbnail;
    return image ? [{ image, rank: rank(key) }] : [];
  });
  return pictures.sort((a, b) => b.rank - a.rank)[0]?.image ?? null;
}
