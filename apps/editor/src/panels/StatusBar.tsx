/** The bar at the bottom: what is saved, what is loaded, which engine runs, how long it took, how much there is, how near one looks. */
import { useStore } from "@xyflow/react";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { bodyAt, nodesById, splitFlatId } from "../model/document-view.ts";
import type { Loading } from "../model/run-state.ts";
import { Menu } from "../ui/Menu.tsx";
import { sizeText } from "../ui/size-text.ts";
import { Tip } from "../ui/Tip.tsx";
import { lastRunText, progressText } from "./status/run-text.ts";
import { SaveMark } from "./status/SaveMark.tsx";
import { deviceText, fallbackSentences } from "./toolbar/BackendMenu.tsx";
import { keysOf } from "./toolbar/command-items.ts";
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
      <Zoom />
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

function Zoom(): ReactNode {
  const { editor } = useEditor();
  const percent = useStore((s) => Math.round(s.transform[2] * 100));
  const keys = (id: string): { keys?: string } => {
    const text = keysOf(id);
    return text === undefined ? {} : { keys: text };
  };
  return (
    <Menu
      side="top" align="end"
      items={() => [
        { title: "Zoom in", ...keys("zoom-in"), run: () => editor.look({ kind: "zoom", by: 1.25 }) },
        { title: "Zoom out", ...keys("zoom-out"), run: () => editor.look({ kind: "zoom", by: 0.8 }) },
        { title: "Zoom to 100%", run: () => editor.look({ kind: "zoom", by: 100 / percent }) },
        { kind: "line" },
        { title: "Fit all", ...keys("zoom-to-fit"), run: () => editor.look({ kind: "fit" }) },
        { title: "Fit selection", ...keys("zoom-to-selection"), disabled: editor.store.getState().selection.nodes.size === 0, run: () => editor.look({ kind: "selection" }) },
      ]}
    >
      <button type="button" className="pb-status-button pb-zoom" aria-label={`Zoom, ${percent}%`}>{percent}%</button>
    </Menu>
  );
}
