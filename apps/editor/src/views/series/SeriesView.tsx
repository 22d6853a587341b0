/** Named curves, called by the titles of the nodes that compute them. */
import type { SeriesValue } from "@patchbay/runtime";
import { useMemo, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { paramValues } from "@patchbay/graph-core";
import { termTitles } from "../graph/names.ts";
import type { ViewOf } from "../view-props.ts";
import { LazyChart } from "./LazyChart.tsx";

export function SeriesView({ value, node, valueKey, title, large }: ViewOf<"series">): ReactNode {
  const logarithmic = useEditorState((state) => {
    const found = state.inference.flat.byId.get(node);
    return found?.declaration ? paramValues(found, found.declaration)["logarithmic"] === true || found.declaration.role === "optimiser" || (found.declaration.role === "trainer" && valueKey.endsWith(".losses")) : false;
  });
  return <Curves series={value} label={title} height={large ? 340 : 150} logarithmic={logarithmic} {...(large ? { legend: 200 } : {})} />;
}

export function Curves({ series, label, height, logarithmic, legend }: { series: SeriesValue; label: string; height: number; logarithmic: boolean; legend?: number }): ReactNode {
  const { editor } = useEditor();
  const terms = series.curves.map((c) => c.name).join("\n");
  // A joined text keeps its identity while no name changes, which is at every step of a run.
  const names = useEditorState(useMemo(() => (state: EditorState) => termTitles(state, editor.registry, terms.split("\n")).join("\n"), [editor, terms])).split("\n");
  if (series.curves.length === 0 || series.x.values.length === 0) return <p className="pb-view-note">No curves yet.</p>;
  return <LazyChart series={series} names={names} label={label} height={height} logarithmic={logarithmic} {...(legend ? { legend } : {})} />;
}
