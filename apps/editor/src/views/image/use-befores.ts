/** Pictures upstream of a node that what it shows can be compared with, fetched when the viewer opens. */
import { useEffect, useState } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { splitEndpoint } from "@patchbay/graph-core";
import { nodeTitle } from "../graph/names.ts";
import { upstreamKeys } from "../graph/walk.ts";
import { isPicture } from "../state/upstream-values.ts";
import { wholeValue } from "../state/use-whole-value.ts";
import type { Before } from "./ImageViewer.tsx";
import { pagesOf } from "./pages-of.ts";

const MOST = 6;

export function useBefores(node: string | undefined, size: { readonly width: number; readonly height: number }): readonly Before[] {
  const { editor, engine } = useEditor();
  const [befores, setBefores] = useState<readonly Before[]>([]);
  const { width, height } = size;
  useEffect(() => {
    if (node === undefined) return;
    let current = true;
    const state = editor.store.getState();
    const found = upstreamKeys(state.inference.flat, node).flatMap((key) => {
      const shown = state.run.values.get(key);
      return shown && isPicture(shown) ? [{ key, shown }] : [];
    });
    void Promise.all(found.map(async ({ key, shown }): Promise<Before | null> => {
      const value = await wholeValue(engine, key, shown);
      const image = value && pagesOf(value)?.image(0);
      if (!image || image.width !== width || image.height !== height) return null;
      const { node: id } = splitEndpoint(key);
      return { title: `${nodeTitle(state, editor.registry, id) ?? id} (${id})`, image };
    })).then((all) => current && setBefores(all.filter((b) => b !== null).slice(0, MOST)));
    return () => void (current = false);
  }, [editor, engine, node, width, height]);
  return befores;
}
