/** The bar at the bottom: what is saved, what is loaded, which engine runs, how long it took, how much there is. How near one looks stands on the canvas. */
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { bodyAt, nodesById, splitFlatId } from "../model/document-view.ts";
import type { Loading } from "../model/run-state.ts";
import { sizeText } from "../ui/size-text.ts";
import { Tip } from "../ui/Tip.tsx";
import { lastRunText, progressText } from "./status/run-text.ts";
import { SaveMark } from "./status/SaveMark.tsx";
import { deviceText, fallbackSentences } from "./toolbar/BackendMenu.tsx";
import "./status.css";

export function StatusBar(): ReactNode {
  const { workspace } = useEditor();
  return (
    <footer className="pb-status" aria-label="Status">
      {workspace ? <SaveMark workspace={workspace} /> : null}
      <LoadingBars />
      <RunText />
      <span className="pb-status-space" />
      <EngineUsed />
      <Counts />
    </footer>
  );
}

function LoadingBars(): ReactNode {
  const loading = useEditorState((s) => s.run.loading);
  return loading.length ? <span className="pb-status-loading">{loading.map((one) => <LoadingBar key={one.what} {...one} />)}</span> : null;
}

function LoadingBar({ what, loaded, total }: Loading): ReactNode {
  const share = total > 0 ? Math.min(1, loaded / total) : undefined;
  const text = total > 0 ? `${sizeText(loaded)} of ${sizeText(total)}` : loaded > 0 ? sizeText(loaded) : "";
  return (
    <span className="pb-status-item pb-loading">
      <span>{what}</span>
      <span className="pb-loading-bar" role="progressbar" aria-label={`Loading ${what}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === undefined ? undefined : Math.round(share * 100)} aria-valuetext={text || undefined} data-unknown={share === undefined || undefined}>
        <span style={share === undefined ? undefined : { transform: `scaleX(${share})` }} />
      </span>
      <span className="pb-status-faint">{text}</span>
    </span>
  );
}

function RunText(): ReactNode {
  const { editor } = useEditor();
  const text = useEditorState((s) => progressText(s.run, titleOf) ?? lastRunText(s.run));
  const busy = useEditorState((s) => s.run.phase !== "idle");
  function titleOf(flat: string): string {
    const { scope, id } = splitFlatId(flat);
    const body = bodyAt(editor.store.getState().history.document, scope);
    const node = body && nodesById(body).get(id);
    return node ? (node.title ?? editor.registry.get(node.type)?.title ?? id) : id;
  }
  return text === null ? null : <span className="pb-status-item pb-run-text" data-busy={busy} title={text}><span>{text}</span></span>;
}

function EngineUsed(): ReactNode {
  const used = useEditorState((s) => s.run.used);
  if (!used) return null;
  const sentences = fallbackSentences(used);
  const name = <span className="pb-status-item pb-engine">{sentences.length ? <TriangleAlert /> : null}<span>{deviceText(used)}</span></span>;
  if (sentences.length === 0) return name;
  return (
    <>
      <Tip text={sentences.join(" ")} side="top">{name}</Tip>
      <span className="pb-status-item pb-fallback" title={sentences.join(" ")}><span>{sentences.join(" ")}</span></span>
    </>
  );
}

const plural = (count: number, word: string): string => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

function Counts(): ReactNode {
  const nodes = useEditorState((s) => bodyAt(s.history.document, s.scope)?.nodes.length ?? 0);
  const wires = useEditorState((s) => bodyAt(s.history.document, s.scope)?.wires.length ?? 0);
  return <span className="pb-status-item pb-counts"><span>{plural(nodes, "node")}, {plural(wires, "wire")}</span></span>;
}
