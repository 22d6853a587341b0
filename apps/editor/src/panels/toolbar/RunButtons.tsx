/** Run, Stop and Live, and the other ways to compute something. */
import { ChevronDown, GitCompareArrows, LoaderCircle, Play, RotateCw, Square, Target, Zap } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import type { EditorParts } from "../../app/editor-parts.ts";
import { bodyAt, flatId, nodesById } from "../../model/document-view.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { keysOf } from "./command-items.ts";

/** What can be computed besides everything. */
export function runItems({ editor, run }: EditorParts): readonly MenuItem[] {
  const state = editor.store.getState();
  const chosen = [...state.selection.nodes];
  const flat = chosen.map((id) => flatId(state.scope, id));
  const idle = state.run.phase === "idle";
  const [only] = chosen;
  const node = chosen.length === 1 ? nodesById(bodyAt(state.history.document, state.scope)!).get(only!) : undefined;
  const name = node && (node.title ?? editor.registry.get(node.type)?.title ?? node.id);
  return [
    { title: "Run selection", about: chosen.length === 0 ? "Select nodes first." : chosen.length === 1 ? "1 node and what it needs" : `${chosen.length} nodes and what they need`, icon: <Play />, ...keysOf("run-selection"), disabled: !idle || chosen.length === 0, run: () => run.start({ nodes: flat }) },
    { title: name ? `Run to “${name}”` : "Run to selected node", icon: <Target />, ...keysOf("run-to-node"), disabled: !idle || !name, run: () => run.start({ nodes: flat }) },
    { title: "Continue", about: state.run.resumable.size ? "Optimisers go on where they were stopped." : "Nothing was stopped on its way.", icon: <RotateCw />, ...keysOf("continue"), disabled: !idle || state.run.resumable.size === 0, run: () => run.start({ resume: true }) },
    { kind: "line" },
    { title: "Compare two backends…", about: name ? `On “${name}”` : "Select one node first.", icon: <GitCompareArrows />, disabled: !name, run: () => editor.setUi({ dialog: { id: "compare", key: flat[0]! } }) },
  ];
}

export function RunButtons({ small }: { small: boolean }): ReactNode {
  const parts = useEditor();
  const phase = useEditorState((s) => s.run.phase);
  const live = useEditorState((s) => s.run.live);
  const running = phase !== "idle";
  return (
    <div className="pb-bar-group pb-run" role="group" aria-label="Computing" data-running={running}>
      <Button label="Run" icon={running ? <LoaderCircle className="pb-spin" /> : <Play fill="currentColor" />} iconOnly={small} variant="primary" disabled={running} aria-busy={running} data-tour="run" {...keysOf("run")} onClick={() => parts.run.start()} />
      <Button label="Stop" icon={<Square fill="currentColor" />} iconOnly variant="quiet" disabled={!running || phase === "stopping"} className="pb-button pb-stop" {...keysOf("stop")} onClick={() => parts.run.stop()} />
      {small ? null : (
        <Menu items={() => runItems(parts)}>
          <Button label="What to compute" icon={<ChevronDown />} iconOnly variant="quiet" className="pb-button pb-narrow-button" />
        </Menu>
      )}
      {small ? null : <Button label="Live" icon={<Zap />} variant="quiet" pressed={live} help="Computes what a change affects, as you make it." {...keysOf("live")} data-tour="live" onClick={() => parts.run.setLive(!live)} />}
    </div>
  );
}
