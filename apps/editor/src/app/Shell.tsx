/** Where everything stands: the bar on top, panels at the sides, the canvas in the middle. */
// First, so that what components say of themselves comes after it.
import "@xyflow/react/dist/base.css";
import "../styles/tokens.css";
import "../ui/ui.css";
import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState, type ReactNode } from "react";
import { Canvas } from "../canvas/Canvas.tsx";
import { CommandKeys } from "../commands/CommandKeys.tsx";
import { CommandPalette } from "../commands/CommandPalette.tsx";
import { SearchPalette } from "../commands/SearchPalette.tsx";
import { InspectorPanel } from "../panels/InspectorPanel.tsx";
import { LibraryPanel } from "../panels/LibraryPanel.tsx";
import { Notices } from "../panels/Notices.tsx";
import { ProblemsPanel } from "../panels/ProblemsPanel.tsx";
import { StatusBar } from "../panels/StatusBar.tsx";
import { Toolbar } from "../panels/Toolbar.tsx";
import { Tour } from "../tour/Tour.tsx";
import { PortalContext } from "../ui/portal.ts";
import { TipLayer } from "../ui/TipLayer.tsx";
import { useRoom } from "../ui/use-room.ts";
import { CrashBoundary } from "./CrashBoundary.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { dropAnywhere } from "./drop-anywhere.ts";
import { useEditor, useEditorState } from "./editor-context.ts";
import { SidePanel } from "./SidePanel.tsx";
import { useSheets } from "./use-sheets.ts";
import "./shell.css";

/** `children`: what a page adds over the editor, such as a dialog of its own. */
export function Shell({ children }: { children?: ReactNode }): ReactNode {
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const theme = useEditorState((s) => s.ui.theme);
  const panels = useEditorState((s) => s.ui.panels);
  const room = useRoom(root);
  useSheets(root);
  const parts = useEditor();
  const drop = useMemo(() => dropAnywhere(parts), [parts]);
  return (
    <div ref={setRoot} className="pb-root pb-shell" data-theme={theme} data-room={room} data-library={panels.library} data-inspector={panels.inspector} data-problems={panels.problems} {...drop}>
      <PortalContext value={root}>
        <CrashBoundary>
          <ReactFlowProvider>
            <CommandKeys />
            <Toolbar />
            {panels.library ? <SidePanel name="library"><LibraryPanel /></SidePanel> : null}
            <Canvas />
            {panels.inspector ? <SidePanel name="inspector"><InspectorPanel /></SidePanel> : null}
            <div className="pb-foot">
              <ProblemsPanel />
              <StatusBar />
            </div>
            <SearchPalette />
            <CommandPalette />
            <Dialogs />
            <Tour root={root} />
            {children}
            <Notices />
            <TipLayer root={root} />
          </ReactFlowProvider>
        </CrashBoundary>
      </PortalContext>
    </div>
  );
}
