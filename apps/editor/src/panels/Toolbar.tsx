/** The bar on top: the graph, its actions, and the run. What has no room goes into one menu at its end. */
import { CircleHelp, Download, Ellipsis, LayoutGrid, Monitor, Moon, PanelLeft, PanelRight, Redo2, Sun, Undo2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { EditorParts } from "../app/editor-parts.ts";
import type { UiState } from "../model/ui-state.ts";
import { Button } from "../ui/Button.tsx";
import { Mark } from "../ui/Mark.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { useRoom } from "../ui/use-room.ts";
import { BackendMenu, backendItems } from "./toolbar/BackendMenu.tsx";
import { GRAPH_MENU, HELP_MENU, itemsOf, keysOf } from "./toolbar/command-items.ts";
import { GraphTitle } from "./toolbar/GraphTitle.tsx";
import { RunButtons, runItems } from "./toolbar/RunButtons.tsx";
import "./toolbar.css";

const THEMES = [["system", "Like the system"], ["light", "Light"], ["dark", "Dark"]] as const;

const themeItems = ({ editor }: EditorParts): readonly MenuItem[] =>
  THEMES.map(([theme, title]) => ({ title, checked: editor.store.getState().ui.theme === theme, run: () => editor.setUi({ theme }) }));

export function Toolbar(): ReactNode {
  const parts = useEditor();
  const { editor } = parts;
  const [element, setElement] = useState<HTMLElement | null>(null);
  const room = useRoom(element);
  const panels = useEditorState((s) => s.ui.panels);
  const theme = useEditorState((s) => s.ui.theme);
  // Read so that the open menu is drawn again when it is known which engines work here.
  useEditorState((s) => s.run.backends);
  const examples = () => editor.setUi({ dialog: { id: "examples" } });
  const exporting = () => editor.setUi({ dialog: { id: "export" } });
  const toggle = (panel: keyof UiState["panels"]) => () => editor.setUi({ panels: { ...panels, [panel]: !panels[panel] } });
  const cramped = room === "narrow" || room === "tiny";
  const tiny = room === "tiny";

  const rest = (): readonly MenuItem[] => [
    ...(tiny ? ([{ title: "Redo", icon: <Redo2 />, ...keysOf("redo"), disabled: editor.store.getState().history.future.length === 0, run: () => editor.redo() }, { title: "Live", checked: editor.store.getState().run.live, run: () => parts.run.setLive(!editor.store.getState().run.live) }, { title: "Inspector", checked: panels.inspector, run: toggle("inspector") }, { kind: "line" }] satisfies MenuItem[]) : []),
    { title: "Examples…", icon: <LayoutGrid />, run: examples },
    { title: "Export…", icon: <Download />, ...keysOf("export"), run: exporting },
    { kind: "line" },
    ...(tiny ? runItems(parts) : []),
    { kind: "sub", title: "Backend", items: backendItems(parts) },
    { kind: "sub", title: "Theme", items: themeItems(parts) },
    { kind: "sub", title: "Help", items: itemsOf(parts, HELP_MENU) },
  ];

  return (
    <header ref={setElement} className="pb-toolbar" data-room={room}>
      <div className="pb-bar-side">
        <Menu items={() => itemsOf(parts, GRAPH_MENU)}>
          <button type="button" className="pb-button pb-home" data-variant="quiet" aria-label="Graph menu" title="Graph menu">
            <Mark />
          </button>
        </Menu>
        <GraphTitle />
      </div>
      <div className="pb-bar-middle">
        <UndoRedo withRedo={!tiny} />
        <span className="pb-bar-line" />
        <RunButtons small={tiny} />
        {cramped ? null : <BackendMenu small={room === "medium"} />}
      </div>
      <div className="pb-bar-side pb-bar-end">
        {cramped ? null : (
          <>
            <Button label="Examples" icon={<LayoutGrid />} variant="quiet" iconOnly={room === "medium"} onClick={examples} />
            <Button label="Export" icon={<Download />} variant="quiet" iconOnly={room === "medium"} {...keysOf("export")} onClick={exporting} />
            <span className="pb-bar-line" />
          </>
        )}
        <Button label="Node library" help={panels.library ? "Hide the node library" : "Show the node library"} icon={<PanelLeft />} iconOnly variant="quiet" pressed={panels.library} data-tour="library" {...keysOf("toggle-library")} onClick={toggle("library")} />
        {tiny ? null : <Button label="Inspector" help={panels.inspector ? "Hide the inspector" : "Show the inspector"} icon={<PanelRight />} iconOnly variant="quiet" pressed={panels.inspector} {...keysOf("toggle-inspector")} onClick={toggle("inspector")} />}
        {cramped ? (
          <Menu items={rest} align="end" onOpen={() => void parts.run.probe()}>
            <Button label="More" icon={<Ellipsis />} iconOnly variant="quiet" />
          </Menu>
        ) : (
          <>
            <Menu items={() => themeItems(parts)} align="end">
              <Button label="Theme" icon={theme === "dark" ? <Moon /> : theme === "light" ? <Sun /> : <Monitor />} iconOnly variant="quiet" />
            </Menu>
            <Menu items={() => itemsOf(parts, HELP_MENU)} align="end">
              <Button label="Help" icon={<CircleHelp />} iconOnly variant="quiet" />
            </Menu>
          </>
        )}
      </div>
    </header>
  );
}

function UndoRedo({ withRedo }: { withRedo: boolean }): ReactNode {
  const { editor } = useEditor();
  const undo = useEditorState((s) => s.history.past.at(-1)?.label);
  const redo = useEditorState((s) => s.history.future[0]?.label);
  const readOnly = useEditorState((s) => s.readOnly !== null);
  return (
    <div className="pb-bar-group" role="group" aria-label="History">
      <Button label="Undo" help={undo === undefined ? "Nothing to undo" : `Undo: ${undo}`} icon={<Undo2 />} iconOnly variant="quiet" disabled={undo === undefined || readOnly} {...keysOf("undo")} onClick={() => editor.undo()} />
      {withRedo ? <Button label="Redo" help={redo === undefined ? "Nothing to redo" : `Redo: ${redo}`} icon={<Redo2 />} iconOnly variant="quiet" disabled={redo === undefined || readOnly} {...keysOf("redo")} onClick={() => editor.redo()} /> : null}
    </div>
  );
}
